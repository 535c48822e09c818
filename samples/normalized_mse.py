"""Says how far four-momenta are from their originals, in the public normalization of ATLAS 4D autoencoders.

    python3 normalized_mse.py jets.npz restored.npz [--pca]

Mean squared errors of (log10(m + 1))/1.8, (log10(pt) - 1.3)/1.2, phi/3 and eta/5, m and pt in GeV, over all jets: the
same for every model, whatever it was trained with. With --pca also that of the best three linear combinations of the
four, which are fitted to the original itself.
"""

import argparse

import numpy as np


def normalized(name):
    with np.load(name) as arrays:
        columns = arrays["columns"].tolist()
        m, pt, phi, eta = (arrays["jets"][:, columns.index(c)].astype("f8") for c in ("m", "pt", "phi", "eta"))
    if np.median(pt) > 2000:  # MeV
        m, pt = m / 1000, pt / 1000
    with np.errstate(invalid="ignore"):  # masses a little below 0 are as good as none
        mass = np.log10(np.maximum(m, 0) + 1) / 1.8
    return np.stack([mass, (np.log10(pt) - 1.3) / 1.2, phi / 3, eta / 5], 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("original")
    parser.add_argument("restored")
    parser.add_argument("--pca", action="store_true", help="also three linear combinations of the original's four")
    options = parser.parse_args()
    original = normalized(options.original)
    rows = {"restored": normalized(options.restored) - original}
    if options.pca:
        centred = original - original.mean(0)
        axes = np.linalg.eigh(centred.T @ centred)[1][:, 1:]
        rows["PCA, 4 to 3"] = centred @ axes @ axes.T - centred
    for name, error in rows.items():
        m, pt, phi, eta = (error**2).mean(0)
        print(f"{name}: {(error**2).mean():.3g}; m {m:.3g}, pt {pt:.3g}, phi {phi:.3g}, eta {eta:.3g}")


if __name__ == "__main__":
    main()
