package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.table.Schema;

/**
 * The order of a file's models: each is behind those that code what it knows of lists. As what it
 * knows beside is of groups above its own, no model waits for itself.
 */
public final class ModelOrder {
  private ModelOrder() {}

  /**
   * Models in their order; as given, where they know nothing of each other.
   *
   * @param uses how models are used
   * @throws ModelException where a model does not suit the table, or two must each be behind the
   *     other
   */
  public static List<ModelUse> of(Schema schema, List<ModelUse> uses) {
    if (uses.size() < 2 || uses.stream().anyMatch(use -> !(use.model() instanceof DensityModel))) {
      return uses;
    }
    List<DensityCoder> left = new ArrayList<>();
    List<ModelUse> usesLeft = new ArrayList<>(uses);
    for (ModelUse use : uses) {
      left.add(DensityCoder.of(schema, (DensityModel) use.model(), use.always(), use.unit()));
    }
    List<ModelUse> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      int next = 0;
      while (next < left.size() && isBehind(left.get(next), left)) {
        next++;
      }
      if (next == left.size()) {
        throw new ModelException(
            "the models of %s know values of each other's lists, and none can be decoded first: leave one out, or train them together"
                .formatted(names(schema, left)));
      }
      left.remove(next);
      ordered.add(usesLeft.remove(next));
    }
    return ordered;
  }

  /** Whether a model knows what others code. */
  private static boolean isBehind(DensityCoder coder, List<DensityCoder> others) {
    return others.stream()
        .anyMatch(
            other -> !Collections.disjoint(coder.contexts().columnsOfLists(), other.columns()));
  }

  private static String names(Schema schema, List<DensityCoder> coders) {
    return String.join(
        " and ", coders.stream().map(coder -> schema.path(coder.group())).sorted().toList());
  }
}
