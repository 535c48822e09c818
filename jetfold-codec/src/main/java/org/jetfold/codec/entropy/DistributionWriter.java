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
      encoder.bit(DistributionContexts.ESCAPE, 0);
      tree.emit(encoder, leaves);
    }
    return leaves.toDistribution(fitted.reference(), false);
  }

  /** The bytes of all distributions written. Call once. */
  public byte[] finish() {
    return encoder.finish();
  }
}
