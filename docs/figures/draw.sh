#!/usr/bin/env bash
#
# Draws figures of docs/figures.md again, from the data in the folder 'shared' beside the checkout. Needs Python 3 with
# NumPy where two files of the simulation are combined.
#
# usage: draw.sh FIGURE…        the numbers of the thesis (4.1, 4.9, B.1, D.2 …), or 'all'
#
# The pictures go to docs, or to the folder that OUT names. JETFOLD is the command, JETFOLD_DATA the folder of the data.
# Figures of networks train them first, for as long as figures.md says; MINUTES shortens each training to so many.

set -eu
root=$(cd -- "$(dirname -- "$0")/../.." && pwd)
jetfold=${JETFOLD:-$root/jetfold}
data=${JETFOLD_DATA:-$root/../shared/data}
out=${OUT:-$root/docs}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out/figures"

atlas=$data/real/atlas_jets_4d.npz
qcd=$data/mc/qcd.npz
leptons=$data/root/nano_dy.root:Events
fifteen=pt,eta,phi,m,ActiveArea4vec_eta,ActiveArea4vec_phi,ActiveArea4vec_m,ActiveArea4vec_pt,JVFCorr,Jvt,FracSamplingMax,FracSamplingMaxIndex,Width,EMFrac,Timing
jets=pt,eta,phi,m,ActiveArea,ActiveArea4vec_eta,ActiveArea4vec_m,ActiveArea4vec_phi,ActiveArea4vec_pt,Width,WidthPhi,CentroidR,DetectorEta
clusters=AverageLArQF,NegativeE,HECQuality,LArQuality,LeadingClusterCenterLambda,LeadingClusterPt,LeadingClusterSecondLambda,LeadingClusterSecondR,N90Constituents,EMFrac,HECFrac,Timing,OotFracClusters10,OotFracClusters5

# Trains an autoencoder once: its name, the table, and options. The first option is its time.
trained() {
  [ -f "$work/$1.jetm" ] ||
    "$jetfold" train "$2" --codec autoencoder -T 1 -o "$work/$1.jetm" "${@:4}" \
      $([ -n "${MINUTES:-}" ] && echo "--minutes $MINUTES" || echo "$3")
}

# Compresses a table with a model and draws what became of it: model, table, picture, and options of both.
through() {
  "$jetfold" compress "$2" --model "$work/$1.jetm" -o "$work/$1.jetf" -q -f "${@:4}"
  compared "$2" "$work/$1.jetf" "$3"
}

compared() { "$jetfold" evaluate "$1" "$2" --picture "$out/$3" -f "${@:4}"; }

double_quantization() { "$jetfold" study double-quantization "$qcd" -q -f "$@"; }

# A table of two files of the simulation, which have the same jets.
picked() { python3 "$root/samples/pick.py" "${@:2}" "$work/$1.npz"; }

draw() {
  case $1 in
  4.1 | 4.2)
    picked leading --columns pt,eta,phi,E --leading "$qcd" "$data/mc/qcd_extra.npz"
    trained ntuple "$work/leading.npz" '--epochs 40' --preset ntuple-4d
    through ntuple "$work/leading.npz" figures/ntuple-4d.svg
    ;;
  4.3 | 4.5 | 4.6 | 4.7)
    trained trigger "$atlas" '--minutes 4' --preset tla-4d
    through trigger "$atlas" figures/autoencoder-4d.svg
    ;;
  4.4) "$jetfold" study normalization "$atlas" --preset tla-4d --picture "$out/figures/normalized-4d.svg" -f ;;
  4.8)
    trained all27 "$qcd" '--epochs 80' --preset tla-27d --latent 14 --batch 1024 --lr 4e-3 --weight-decay 1e-4
    "$jetfold" compress "$qcd" --model "$work/all27.jetm" -o "$work/all27.jetf" -q -f
    "$jetfold" compress "$qcd" --precision jets -o "$work/bounded27.jetf" -q -f
    compared "$qcd" "$work/all27.jetf" figures/autoencoder-27d-jets.svg --columns $jets
    compared "$qcd" "$work/all27.jetf" figures/autoencoder-27d-clusters.svg --columns $clusters
    compared "$qcd" "$work/bounded27.jetf" figures/precision-27d-jets.svg --columns $jets
    compared "$qcd" "$work/bounded27.jetf" figures/precision-27d-clusters.svg --columns $clusters
    ;;
  4.9) "$jetfold" bench --preset tla-27d --latent 8..20 --picture "$out/figures/cost.svg" -f ;;
  4.10)
    "$jetfold" compress "$atlas" --precision '*=bits:7' -o "$work/bits7.jetf" -q -f
    compared "$atlas" "$work/bits7.jetf" figures/truncation-4d.svg
    ;;
  4.11 | 4.12)
    double_quantization --column phi --bits 7 --bins 100 --picture "$out/double-quantization-phi.svg"
    ;;
  4.13)
    double_quantization --column phi --precision step:0.01 --bins 100 --picture "$out/double-quantization-step.svg"
    ;;
  E.1)
    double_quantization --column phi --bits 7 --range -3.125:3.125 --scan-bins 2:100 \
      --picture "$out/double-quantization-bins.svg"
    ;;
  5.1 | 5.2)
    picked fifteen --columns $fifteen "$data/mc/ttbar.npz" "$data/mc/ttbar_extra.npz"
    trained top "$work/fifteen.npz" '--minutes 13' --preset ttbar-15d --precision '*=bits:7' --batch 1024 --lr 8e-3 \
      --weight-decay 1e-4
    through top "$work/fifteen.npz" figures/autoencoder-15d.svg --precision '*=bits:7'
    ;;
  B.[1-5]) "$jetfold" study normalization "$qcd" --preset tla-27d --picture "$out/figures/normalized-27d.svg" -f ;;
  D.1) leptons Electron electrons ;;
  D.2) leptons Muon muons ;;
  D.3) leptons Photon photons ;;
  *)
    echo "draw.sh: there is no figure $1; docs/figures.md lists all" >&2
    exit 2
    ;;
  esac
}

# Objects of NanoAOD, matched within events: collection and picture.
leptons() {
  "$jetfold" compress "$leptons" --collection "$1" --precision '*=rel:0.004' -o "$work/$2.jetf" -q -f
  compared "$leptons" "$work/$2.jetf" "figures/$2.svg" --collection "$1" --match dr:0.01,dpt:0.005 \
    --columns "$1_pt,$1_eta,$1_phi"
}

[ $# -gt 0 ] || {
  sed -n '3,9s/^# \{0,1\}//p' "$0"
  exit 2
}
[ -d "$data" ] || {
  echo "draw.sh: there is no $data, where the data should be" >&2
  exit 3
}
if [ "$*" = all ]; then
  set -- 4.1 4.3 4.4 4.8 4.9 4.10 4.11 4.13 5.1 B.1 D.1 D.2 D.3 E.1
fi
for figure in "$@"; do
  draw "$figure"
done
