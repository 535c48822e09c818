package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.autoencoder.LatentPrior;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.density.DensityDecoder;
import org.jetfold.codec.density.DensityEncoder;
import org.jetfold.codec.density.EventOrder;
import org.jetfold.codec.density.Intervals;
import org.jetfold.codec.network.Kernels;

/**
 * Codes the latents of blocks with an autoencoder's prior, and decodes them (docs/format.md section
 * 13.2). Immutable and safe to share.
 */
final class PriorCoder {
  private final LatentPrior prior;
  private final DensityEncoder encoder;
  private final DensityDecoder decoder;

  PriorCoder(LatentPrior prior) {
    this.prior = prior;
    encoder = new DensityEncoder(prior.model(), Kernels.best());
    decoder = new DensityDecoder(prior.model(), Kernels.best());
  }

  /**
   * The bytes of a block's latents.
   *
   * @param symbols of each latent
   * @param offsets where the lists of rows start
   * @param verifying whether they are decoded again and compared
   */
  ByteWriter[] encode(long[][] symbols, int[] offsets, boolean verifying) {
    int rows = symbols[0].length;
    EventOrder order = prior.order(offsets, rows);
    Intervals intervals = encoder.intervals(symbols, order);
    ByteWriter[] out = new ByteWriter[symbols.length];
    Arrays.setAll(out, latent -> new ByteWriter(2 * rows));
    encoder.encode(intervals, order, out);
    if (verifying) {
      verify(symbols, intervals, order, out);
    }
    return out;
  }

  private void verify(long[][] symbols, Intervals intervals, EventOrder order, ByteWriter[] out) {
    ByteReader[] in = new ByteReader[out.length];
    Arrays.setAll(in, latent -> new ByteReader(out[latent].array(), 0, out[latent].size(), 0));
    boolean same;
    try {
      long[][] decoded =
          decoder.decodeExpected(in, new long[in.length][], order, intervals.cells());
      same = Arrays.deepEquals(symbols, decoded);
    } catch (MalformedBytesException ignored) {
      same = false;
    }
    if (!same) {
      throw new IllegalStateException(
          "the latents of a block do not decode to their symbols; please report this");
    }
  }

  /**
   * The streams of a segment.
   *
   * @param blocks the bytes of each block's latents
   */
  static List<CodedStream> streams(List<ByteWriter[]> blocks) {
    List<CodedStream> streams = new ArrayList<>();
    for (int latent = 0; latent < blocks.getFirst().length; latent++) {
      ByteWriter together = new ByteWriter();
      int[] starts = new int[blocks.size() + 1];
      for (int block = 0; block < blocks.size(); block++) {
        ByteWriter bytes = blocks.get(block)[latent];
        together.raw(bytes.array(), 0, bytes.size());
        starts[block + 1] = together.size();
      }
      streams.add(CodedStream.modelled(together.toByteArray(), starts, List.of()));
    }
    return streams;
  }

  /**
   * The symbols of each latent of a block.
   *
   * @param in one for each latent
   * @param offsets where the lists of rows start
   * @throws MalformedBytesException where the bytes are not what {@link #encode} writes
   */
  long[][] decode(ByteReader[] in, int[] offsets, int rows) {
    return decoder.decode(in, prior.order(offsets, rows));
  }
}
