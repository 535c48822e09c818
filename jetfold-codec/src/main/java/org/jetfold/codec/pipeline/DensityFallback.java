package org.jetfold.codec.pipeline;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jetfold.codec.entropy.DistributionWriter;

/**
 * Which columns of a density model static distributions code in fewer bytes, in one segment: a
 * model that was trained on other data can be worse than none.
 */
final class DensityFallback {
  private final DensityCoder coder;
  private final List<CodedStream> alternatives;

  /** For each column of the model, the bytes that static distributions save. */
  private final long[] savings;

  private DensityFallback(
      DensityCoder coder, List<CodedStream> modelled, List<CodedStream> alternatives) {
    this.coder = coder;
    this.alternatives = alternatives;
    savings = new long[modelled.size()];
    for (int j = 0; j < savings.length; j++) {
      savings[j] = bytes(modelled.get(j)) - bytes(alternatives.get(j));
    }
  }

  /**
   * The columns that are better left to static distributions, by their numbers in the model. With
   * them, the streams are never larger than without the model, nor than with it for all columns.
   *
   * @param modelled as the model codes each of its columns
   * @param alternatives as static distributions do; they may refer to any column
   */
  static Set<Integer> cheaper(
      DensityCoder coder, List<CodedStream> modelled, List<CodedStream> alternatives) {
    DensityFallback fallback = new DensityFallback(coder, modelled, alternatives);
    Set<Integer> some = fallback.some();
    Set<Integer> all = all(coder);
    if (Math.max(fallback.saved(some), fallback.saved(all)) <= 0) {
      return Set.of();
    }
    return fallback.saved(all) > fallback.saved(some) ? all : some;
  }

  /** All columns of the model. */
  static Set<Integer> all(DensityCoder coder) {
    return IntStream.range(0, coder.columns().size()).boxed().collect(Collectors.toSet());
  }

  private long saved(Set<Integer> columns) {
    return columns.stream().mapToLong(j -> savings[j]).sum();
  }

  /** Those that each take fewer bytes, and refer to no column that the model codes. */
  private Set<Integer> some() {
    Set<Integer> some = new TreeSet<>();
    for (int j = 0; j < savings.length; j++) {
      if (savings[j] > 0) {
        some.add(j);
      }
    }
    while (some.removeIf(j -> refersOutOf(some, j))) {
      // Others may have referred to those that were removed.
    }
    return some;
  }

  private boolean refersOutOf(Set<Integer> some, int j) {
    int ofModel = coder.reference(j);
    return (ofModel >= 0 && !some.contains(ofModel))
        || alternatives.get(j).fitted().coding().columns().stream()
            .map(column -> coder.columns().indexOf(column))
            .anyMatch(other -> other >= 0 && !some.contains(other));
  }

  /** What a stream takes, with its distribution; about, as distributions are coded together. */
  static long bytes(CodedStream stream) {
    DistributionWriter writer = new DistributionWriter();
    writer.write(stream.fitted());
    return (long) stream.bytes().length + writer.finish().length;
  }
}
