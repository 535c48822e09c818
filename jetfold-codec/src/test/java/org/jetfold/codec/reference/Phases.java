package org.jetfold.codec.reference;

/** Section 6.8. */
public final class Phases {
  private Phases() {}

  /** The phases of a block's events. */
  public static int[] of(long seed, long[] ordinals) {
    int[] phases = new int[ordinals.length];
    for (int i = 0; i < phases.length; i++) {
      long z = seed + ordinals[i] * 0x9E3779B97F4A7C15L;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      z ^= z >>> 31;
      phases[i] = (int) (z >>> 56);
    }
    return phases;
  }

  /** The phases of a group's entries from those of their parents, which have so many each. */
  public static int[] ofLists(int[] parents, long[] counts, int entries) {
    int[] phases = new int[entries];
    int entry = 0;
    for (int parent = 0; parent < parents.length; parent++) {
      for (long i = 0; i < counts[parent]; i++) {
        phases[entry++] = parents[parent];
      }
    }
    return phases;
  }
}
