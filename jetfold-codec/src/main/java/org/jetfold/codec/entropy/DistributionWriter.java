package org.jetfold.codec.entropy;

/**
 * Finds the distribution that suits a stream's symbols and writes it; one distribution after the
 * other into one run of the binary coder (docs/format.md section 7). Not thread-safe.
 */
public final class DistributionWriter {
  private final BinaryEncoder encoder = new BinaryEncoder(DistributionContexts.fresh());

  /** Writes a fitted distribution and returns it as a reader will read it. */
  public Distribution write(FittedDistribution fitted) {
    encoder.number(DistributionContexts.REFERENCE, fitted.reference());
    encoder.number(DistributionContexts.TOTAL, fitted.total());
    LeafList leaves = new LeafList();
    DistributionTree tree = fitted.tree();
    if (tree != null) {
      encoder.number(DistributionContexts.GRID, fitted.grid());
      encoder.bit(DistributionContexts.ESCAPE, fitted.escape() ? 1 : 0);
      if (fitted.escape()) {
        encoder.number(DistributionContexts.WEIGHT, 0);
      }
      tree.emit(encoder, leaves);
      if (fitted.escape()) {
        leaves.add(0, 64, 1);
      }
    }
    return leaves.toDistribution(
        fitted.reference(), fitted.grid(), fitted.escape() && tree != null);
  }

  /** Writes how a stream is coded. */
  public void write(FittedStream fitted) {
    switch (fitted) {
      case FittedDistribution one -> {
        encoder.bit(DistributionContexts.SEVERAL, 0);
        write(one);
      }
      case FittedContexts several -> {
        encoder.bit(DistributionContexts.SEVERAL, 1);
        ContextFields.write(several.contexts(), encoder);
        encoder.number(DistributionContexts.GRID, several.grid());
        several.distributions().forEach(this::write);
      }
    }
  }

  /** Writes how many values of a column have symbols of their own. */
  public void spikes(int count) {
    encoder.number(DistributionContexts.SPIKES, count);
  }

  /** Writes how many decimal digits an exact column has, plus 1; 0 for none. */
  public void decimals(int field) {
    encoder.number(DistributionContexts.DECIMALS, field);
  }

  /** Writes whether phases shift a column's grid. */
  public void dithered(boolean dithered) {
    encoder.bit(DistributionContexts.DITHERED, dithered ? 1 : 0);
  }

  /** Writes whether the model of a column codes it in this segment. */
  public void modelled(boolean modelled) {
    encoder.bit(DistributionContexts.MODELLED, modelled ? 1 : 0);
  }

  /** Writes the low bits of a number, which all values are equally likely to have. */
  public void raw(long value, int bits) {
    encoder.flat(bits == Long.SIZE ? value : value & ((1L << bits) - 1), bits);
  }

  /** The bytes of all distributions written. Call once. */
  public byte[] finish() {
    return encoder.finish();
  }
}
