package org.jetfold.codec.density;

import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.entropy.Distribution;
import org.jetfold.codec.entropy.DistributionReader;
import org.jetfold.codec.entropy.DistributionWriter;
import org.jetfold.codec.entropy.FittedDistribution;
import org.jetfold.codec.entropy.StreamBuffers;
import org.jetfold.codec.entropy.StreamDecoder;
import org.jetfold.codec.entropy.StreamEncoder;
import org.jetfold.codec.network.AutoregressiveShape;
import org.jetfold.codec.network.AutoregressiveWeights;

/**
 * Weights as whole multiples of a step, one step for each array, so that a model takes few bits:
 * the multiples are coded like any stream of symbols (docs/format.md section 12.2).
 *
 * @param steps for each array of {@link AutoregressiveWeights#arrays}, its step
 * @param multiples for each array, its weights in steps
 */
public record QuantizedWeights(float[] steps, long[][] multiples) {
  /** No weight may be larger. */
  private static final float MAX_WEIGHT = 1 << 20;

  private static final long MAX_MULTIPLE = 1 << 24;

  /**
   * Rounds weights to multiples of steps.
   *
   * @throws IllegalArgumentException where a weight is not finite, or too large
   */
  public static QuantizedWeights of(AutoregressiveWeights weights, float[] steps) {
    float[][] arrays = weights.arrays();
    long[][] multiples = new long[arrays.length][];
    for (int a = 0; a < arrays.length; a++) {
      multiples[a] = new long[arrays[a].length];
      for (int i = 0; i < arrays[a].length; i++) {
        double multiple = Math.rint((double) arrays[a][i] / steps[a]);
        if (!(Math.abs(multiple) <= MAX_MULTIPLE)) {
          throw new IllegalArgumentException("a weight of %s".formatted(arrays[a][i]));
        }
        multiples[a][i] = (long) multiple;
      }
    }
    return new QuantizedWeights(steps.clone(), multiples);
  }

  /** The weights. */
  public AutoregressiveWeights weights() {
    float[][] arrays = new float[multiples.length][];
    for (int a = 0; a < arrays.length; a++) {
      arrays[a] = new float[multiples[a].length];
      for (int i = 0; i < arrays[a].length; i++) {
        // The multiple is a float exactly, so this rounds once.
        arrays[a][i] = multiples[a][i] * steps[a];
      }
    }
    return AutoregressiveWeights.of(arrays);
  }

  /** Writes steps, distributions and streams. */
  void write(ByteWriter out) {
    DistributionWriter distributions = new DistributionWriter();
    StreamBuffers buffers = new StreamBuffers();
    ByteWriter[] streams = new ByteWriter[multiples.length];
    for (int a = 0; a < multiples.length; a++) {
      Distribution distribution = distributions.write(FittedDistribution.alone(multiples[a]));
      int length = multiples[a].length;
      streams[a] = new ByteWriter();
      new StreamEncoder(distribution).encode(multiples[a], 0, length, null, streams[a], buffers);
    }
    byte[] bytes = distributions.finish();
    out.varint(bytes.length);
    out.raw(bytes, 0, bytes.length);
    for (int a = 0; a < multiples.length; a++) {
      out.f32(steps[a]);
      out.varint(streams[a].size());
      out.raw(streams[a].array(), 0, streams[a].size());
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws org.jetfold.codec.bytes.MalformedBytesException where there is something else, or a
   *     weight that is too large
   */
  static QuantizedWeights read(ByteReader in, AutoregressiveShape shape) {
    int length = in.count(in.remaining(), "the length of distributions");
    long offset = in.offset();
    DistributionReader distributions = new DistributionReader(in.raw(length), 0, length, offset);
    int[] lengths = AutoregressiveWeights.lengths(shape);
    float[] steps = new float[lengths.length];
    long[][] multiples = new long[lengths.length][];
    for (int a = 0; a < lengths.length; a++) {
      Distribution distribution = distributions.read();
      if (distribution.reference() != Distribution.NO_REFERENCE) {
        throw in.malformed("weights refer to something");
      }
      steps[a] = in.f32();
      if (!(steps[a] > 0) || !(steps[a] <= MAX_WEIGHT)) {
        throw in.malformed("weights have the step %s".formatted(steps[a]));
      }
      int size = in.count(in.remaining(), "the length of weights");
      long streamOffset = in.offset();
      ByteReader stream = new ByteReader(in.raw(size), streamOffset);
      multiples[a] = new long[lengths[a]];
      new StreamDecoder(distribution)
          .decode(stream, multiples[a], lengths[a], null, new StreamBuffers());
      for (long multiple : multiples[a]) {
        if (multiple < -MAX_MULTIPLE
            || multiple > MAX_MULTIPLE
            || Math.abs(multiple * steps[a]) > MAX_WEIGHT) {
          throw in.malformed("a weight is %d steps of %s".formatted(multiple, steps[a]));
        }
      }
    }
    return new QuantizedWeights(steps, multiples);
  }
}
