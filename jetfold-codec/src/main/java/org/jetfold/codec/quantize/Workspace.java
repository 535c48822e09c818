package org.jetfold.codec.quantize;

/**
 * Arrays for the passes over a chunk of values, made once for many chunks: making them anew would
 * take longer than the passes.
 */
final class Workspace {
  /** Values handled at a time, so that the passes over them stay in the first-level cache. */
  static final int CHUNK = 1024;

  private final BitPatterns bitPatterns;
  private final int[] signs;
  private final int[] patterns;
  private final float[] floats;
  private final double[] doubles;

  /** Arrays for handling some number of values, a chunk at a time. */
  Workspace(int values) {
    int length = Math.min(values, CHUNK);
    bitPatterns = new BitPatterns(length);
    signs = new int[length];
    patterns = new int[length];
    floats = new float[length];
    doubles = new double[length];
  }

  BitPatterns bitPatterns() {
    return bitPatterns;
  }

  int[] signs() {
    return signs;
  }

  int[] patterns() {
    return patterns;
  }

  float[] floats() {
    return floats;
  }

  double[] doubles() {
    return doubles;
  }
}
