package org.jetfold.cli.file;

import java.util.List;
import org.jetfold.codec.derived.JetCollection;
import org.jetfold.codec.file.FileGuarantees;
import org.jetfold.codec.file.FileGuarantees.QuantityBound;
import org.jetfold.codec.table.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a file promises of computed quantities, for people: with the collection that they are of.
 */
public final class ShownGuarantees {
  private final FileGuarantees guarantees;
  private final @Nullable String collection;

  /**
   * Those of a file.
   *
   * @param schema the file's
   */
  public ShownGuarantees(FileGuarantees guarantees, Schema schema) {
    this.guarantees = guarantees;
    List<JetCollection> candidates = JetCollection.all(schema);
    if (!schema.hasEvents()) {
      collection = null;
    } else if (guarantees.jets().isEmpty()) {
      collection = candidates.size() == 1 ? candidates.getFirst().name() : null;
    } else {
      collection = guarantees.jets();
    }
  }

  /** The collection whose objects a quantity is computed from; null where its formula says it. */
  public @Nullable String collection(QuantityBound bound) {
    return bound.expression().isEmpty() ? collection : null;
  }

  /** As in {@code mjj=rel:0.004 of Jet}. */
  public String text(QuantityBound bound) {
    String of = collection(bound);
    return of == null ? bound.toString() : bound + " of " + of;
  }

  /** A quantity with its collection, as in {@code mjj of Jet}. */
  public String quantity(String name) {
    for (QuantityBound bound : guarantees.bounds()) {
      String of = collection(bound);
      if (of != null && bound.quantity().equals(name)) {
        return name + " of " + of;
      }
    }
    return name;
  }

  /** All bounds. */
  public List<String> texts() {
    return guarantees.bounds().stream().map(this::text).toList();
  }
}
