#!/usr/bin/env bash
#
# Runs the short commands of docs/ again and compares what they give with the numbers that stand there, within stated
# tolerances. Needs Python 3, and for most of the checks the data in the folder 'shared' beside the checkout.
#
# usage: check.sh [path of 'jetfold']
#
# Prints a line for each number. The exit code is 1 where a number is not within its tolerance, or stands no longer in
# its document.

set -u
root=$(cd -- "$(dirname -- "$0")/../.." && pwd)
jetfold=${1:-$root/jetfold}
data=${JETFOLD_DATA:-$root/../shared/data}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0

# The numbers of a JSON file that a Python expression of 'd' gives.
value() { python3 -c "import json, sys; d = json.load(open(sys.argv[1])); print($2)" "$1"; }

# One column, computed quantity or collection of an evaluation, by its name.
quantity() { value "$1" "next(q for q in d['quantities'] if q['name'] == '$2')$3"; }
column() { value "$1" "next(c for c in d['columns'] if c['name'].split('.')[-1] == '$2')$3"; }

size() { wc -c <"$1" | tr -d ' '; }
bits() { python3 -c "print(8 * $(size "$1") / $2)"; }

# Compares a number: the document, a text in it that has the number, the number, the tolerance, and what was found.
check() {
  local verdict=ok
  if ! grep -qF -- "$2" "$root/docs/$1" "$root/$1" 2>/dev/null; then
    verdict='NO LONGER IN THE DOCUMENT'
  elif ! python3 -c "import sys; sys.exit(not abs(float('$5') - $3) <= $4)" 2>/dev/null; then
    verdict=STALE
  fi
  [ "$verdict" = ok ] || bad=1
  printf '%-25s %-52s %12s ± %-8s %22s  %s\n' "$1" "${2:0:52}" "$3" "$4" "$5" "$verdict"
}

# Compresses columns pt, eta, phi and m of a table with a precision, as $work/$1.jetf.
four() { "$jetfold" compress "$2" --columns pt,eta,phi,m --precision "$3" -o "$work/$1.jetf" -q "${@:4}"; }

if [ ! -d "$data" ]; then
  echo "skipped: there is no $data"
  exit 0
fi
atlas=$data/real/atlas_jets_4d.npz
qcd=$data/mc/qcd.npz
ttbar=$data/mc/ttbar.npz

# README: whole files.
"$jetfold" compress "$atlas" -o "$work/exact.jetf" -q
check README.md '**98.78**' 98.78 0.005 "$(bits "$work/exact.jetf" 111752)"
"$jetfold" compress "$atlas" --precision '*=bits:7' -o "$work/b7.jetf" -q
check README.md '**34.80**' 34.80 0.005 "$(bits "$work/b7.jetf" 111752)"
"$jetfold" compress "$atlas" --precision '*=rel:0.00390625' -o "$work/rel.jetf" -q
check README.md '**32.85**' 32.85 0.005 "$(bits "$work/rel.jetf" 111752)"

# physics.md: the preset on tt̄.
four jets "$ttbar" jets
"$jetfold" evaluate "$ttbar" "$work/jets.jetf" --columns pt,eta,phi,m --json "$work/jets.json" >/dev/null 2>&1
row='| `jets` | tt̄ | 36.5 | 0.014 ± 0.017 % | 0.236 ± 0.004 % | 0.16 % | 6.2 % | 0.73 | 0.98 | 0.24 | 0.22 | 0.50 |'
check physics.md "$row" 36.5 0.05 "$(bits "$work/jets.jetf" 116537)"
check physics.md "$row" 0.16 0.01 "$(quantity "$work/jets.json" mjj "['relative']['rms'] * 100")"
check physics.md "$row" 0.50 0.01 "$(quantity "$work/jets.json" mjj "['pull']['rms']")"
check physics.md "$row" 0.73 0.01 "$(column "$work/jets.json" pt "['pull']['rms']")"
check physics.md "$row" 0.98 0.01 "$(column "$work/jets.json" m "['pull']['rms']")"

# dither.md: random binnings of tt̄, and snapped values.
four coarse "$ttbar" 'pt=rel:0.009:dither,m=rel:0.03:dither,*=abs:0.005:dither'
"$jetfold" evaluate "$ttbar" "$work/coarse.jetf" --columns pt,eta,phi,m --json "$work/coarse.json" >/dev/null 2>&1
row='| | with | 1.01, 4.9 | 1.33, 5.4 | 0.54, 2.8 | 0.51, 2.9 |'
check dither.md "$row" 1.01 0.005 "$(column "$work/coarse.json" pt "['pull']['rms']")"
check dither.md "$row" 1.33 0.005 "$(column "$work/coarse.json" m "['pull']['rms']")"
four atlas "$atlas" jets
four snap "$atlas" 'pt=rel:0.004:dither:snap,m=rel:0.01:dither:snap,*=abs:0.001:dither:snap'
text='take 497,577 instead of 496,389 bytes'
check dither.md "$text" 496389 500 "$(size "$work/atlas.jetf")"
check dither.md "$text" 497577 500 "$(size "$work/snap.jetf")"

# derived.md: events that are made exact, and what that costs.
four guaranteed "$atlas" jets --guarantee mjj=rel:0.004
"$jetfold" inspect --json "$work/guaranteed.jetf" >"$work/guaranteed.json"
row='| ATLAS | `mjj=rel:0.004` | 54 of 16,540 | 0.63 % |'
check derived.md "$row" 54 0 "$(value "$work/guaranteed.json" "d['refinedEvents']")"
check derived.md "$row" 0.63 0.05 \
  "$(python3 -c "print(100 * ($(size "$work/guaranteed.jetf") / $(size "$work/atlas.jetf") - 1))")"

# double-quantization.md.
"$jetfold" study double-quantization "$qcd" --column phi --bits 7 --range -3.125:3.125 --scan-bins 94:100 --json -q \
  >"$work/scan.json"
check double-quantization.md 'peaks are 1.25 %, as counted (1.03 % by the formula)' 1.25 0.005 \
  "$(value "$work/scan.json" "100 * d['scan'][-1]['peaks']")"
check double-quantization.md 'peaks are 1.25 %, as counted (1.03 % by the formula)' 1.03 0.005 \
  "$(value "$work/scan.json" "100 * d['scan'][-1]['formula']")"
check double-quantization.md 'with 94 bins 7.3 %' 7.3 0.05 "$(value "$work/scan.json" "100 * d['scan'][0]['peaks']")"
"$jetfold" decompress "$work/b7.jetf" -o "$work/b7.npz" -q
"$jetfold" compress "$work/b7.npz" -o "$work/again.jetf" -q
text='The ATLAS 4D jets take 486,190 bytes with `bits:7`'
check double-quantization.md "$text" 486190 500 "$(size "$work/b7.jetf")"
check double-quantization.md '486,080' 486080 500 "$(size "$work/again.jetf")"

# bump-hunt.md: pyBumpHunter's example, and what does not depend on pseudo-experiments.
"$jetfold" study bump-hunt "$data/bumphunter/data.root:data" --column data --expected "$data/bumphunter/data.root:bkg" \
  --range 0:20 --bins 60 --widths 2:6 --json -q >"$work/published.json"
check bump-hunt.md '1.7341·10⁻⁴' 1.7341e-4 5e-9 "$(value "$work/published.json" "d['hunts'][0]['before']['localP']")"
check bump-hunt.md '0.0184 ± 0.0013' 0.0184 5e-5 "$(value "$work/published.json" "d['hunts'][0]['before']['globalP']")"
"$jetfold" study bump-hunt "$data/mc/qcd_tla.npz" --signal "$data/mc/zprime550.npz:400" --precision '*=bits:7' \
  --experiments 10 --json -q >"$work/hunt.json"
row='| 400 | none | 0.0121 | 520 to 552 | 0.0005214 |'
check bump-hunt.md "$row" 0.0005214 5e-8 "$(value "$work/hunt.json" "d['hunts'][1]['before']['localP']")"
row='| | `*=bits:7` | 0.0108 | 520 to 552 | 0.0006623 |'
check bump-hunt.md "$row" 0.0006623 5e-8 "$(value "$work/hunt.json" "d['hunts'][1]['after']['localP']")"
check bump-hunt.md '`*=bits:7` RMS 0.00127' 0.00127 5e-6 "$(value "$work/hunt.json" "d['hunts'][0]['rmsChange']")"

# figures.md: the share of m in the loss of tla-4d.
"$jetfold" study normalization "$atlas" --preset tla-4d --json -q >"$work/normalized.json"
check figures.md 'With the public normalization m has 3.5 % of it' 3.5 0.05 \
  "$(value "$work/normalized.json" "100 * d['variables'][0]['shareOfLoss']")"

# double-quantization.md: the spectrum estimated without artifacts.
"$jetfold" study double-quantization "$qcd" --column phi --bits 7 --bins 100 --json -q >"$work/spread.json"
row='| φ, `bits:7`, 100 bins | 4.49 % | 1.68 % | 0.565 % | 4.12 | 0.712 | 0.0737 | 1.12 |'
against() { value "$work/spread.json" "d['againstOriginal']$1"; }
check double-quantization.md "$row" 4.49 0.005 "$(against "['quantized']['rms'] * 100")"
check double-quantization.md "$row" 1.68 0.005 "$(against "['corrected']['rms'] * 100")"
check double-quantization.md "$row" 0.565 0.0005 "$(against "['spread']['rms'] * 100")"
check double-quantization.md "$row" 1.12 0.005 "$(against "['spreadPull']")"

# guarantees.csv: a line of each setting.
four fine "$atlas" 'pt=rel:0.004,m=rel:0.01,*=abs:0.001' --guarantee HT=rel:0.003
"$jetfold" inspect --json "$work/fine.jetf" >"$work/fine.json"
row='atlas_jets_4d,fine,HT=rel:0.003,16540,362,2.19,496253,498070,0.37'
check benchmarks/guarantees.csv "$row" 362 0 "$(value "$work/fine.json" "d['refinedEvents']")"
check benchmarks/guarantees.csv "$row" 498070 500 "$(size "$work/fine.jetf")"
four wide "$atlas" 'pt=rel:0.009:dither,m=rel:0.03:dither,*=abs:0.005:dither' --guarantee mjj=rel:0.01
"$jetfold" inspect --json "$work/wide.jetf" >"$work/wide.json"
row='atlas_jets_4d,coarse,mjj=rel:0.01,16540,71,0.43,393743,397273,0.90'
check benchmarks/guarantees.csv "$row" 71 0 "$(value "$work/wide.json" "d['refinedEvents']")"
check benchmarks/guarantees.csv "$row" 397273 400 "$(size "$work/wide.jetf")"

# static-size.csv: bits a jet of the smaller tables.
sized() {
  "$jetfold" compress "$data/real/$1.npz" --precision "*=$3" -o "$work/$1-${3%%:*}.jetf" -q
  local row
  row=$(grep "^$1.npz,$2,[0-9]*,$3," "$root/docs/benchmarks/static-size.csv")
  check benchmarks/static-size.csv "$row" "${row##*,}" 0.02 "$(bits "$work/$1-${3%%:*}.jetf" "$2")"
}
sized atlas_physlite_jets 2713 bits:7
sized atlas_trigger_akt4_pf_jets 1951 exact
sized atlas_trigger_akt4_pf_jets 1951 bits:7
sized cms_hzz_jets 2773 exact
sized cms_hzz_jets 2773 rel:0.00390625
sized cms_scouting_hlt_pfjets 447 bits:7

# Pictures that are drawn from a table that stands beside them.
redrawn() {
  local same=0
  cmp -s "$root/docs/$1" "$work/drawn.svg" && same=1
  check benchmarks/README.md "$2" 1 0 "$same"
}
python3 "$root/docs/benchmarks/energy_or_mass.py" "$root/docs/benchmarks/energy-or-mass.csv" "$work/drawn.svg"
redrawn energy-or-mass.svg energy-or-mass.csv

# dimension.md.
"$jetfold" study dimension "$qcd" --columns m,pt,eta,phi --sample 8000 --json -q >"$work/dimension.json"
text='(qcd.npz, 8,000 rows) say the same: 3.96 ± 0.06 and 3.89 ± 0.12 with m; 3.01 ± 0.05'
check dimension.md "${text:0:60}" 3.96 0.005 "$(value "$work/dimension.json" "d['sets'][0]['scales'][0]['twoNearestNeighbours']")"
check dimension.md "${text:0:60}" 3.01 0.005 "$(value "$work/dimension.json" "d['sets'][1]['scales'][0]['twoNearestNeighbours']")"

exit "$bad"
