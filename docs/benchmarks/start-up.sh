#!/usr/bin/env bash
#
# Prints, as CSV, the processor time in seconds that short commands take as whole processes: the least of ten runs.
#
# usage: start-up.sh LABEL [path of 'jetfold']
#
# It works on the sample's first 100 events, which it writes first.

set -eu
label=$1
jetfold=${2:-$(dirname -- "$0")/../../jetfold}
sample=$(dirname -- "$0")/../../samples/jets.npz
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$jetfold" compress "$sample" --precision jets,*=bits:10 -o "$work/all.jetf" -q
"$jetfold" decompress "$work/all.jetf" --events 0:100 -o "$work/tiny.npz" -q
"$jetfold" compress "$work/tiny.npz" -o "$work/tiny.jetf" -q

seconds() {
  local run TIMEFORMAT='%3U %3S'
  for run in 1 2 3 4 5 6 7 8 9 10; do
    { time "$jetfold" "$@" >/dev/null 2>&1; } 2>&1
  done | awk '{ sum = $1 + $2; if (NR == 1 || sum < least) least = sum } END { printf "%.2f", least }'
}

echo "$label,--version,$(seconds --version)"
echo "$label,inspect,$(seconds inspect "$work/tiny.jetf")"
echo "$label,compress of 100 events,$(seconds compress "$work/tiny.npz" -o "$work/again.jetf" -f)"
echo "$label,compress of the sample,$(seconds compress "$sample" -o "$work/again.jetf" -f)"
echo "$label,decompress of the sample,$(seconds decompress "$work/all.jetf" -o "$work/again.npz" -f)"
