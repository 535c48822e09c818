package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.EventOrder;
import org.jetfold.codec.density.ModelColumn;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;

/**
 * Which columns of a table a model codes: all of the model's, found by name in one group of the
 * table. Columns that the model does not have are none of its business. Immutable.
 *
 * @param model the model
 * @param group the group that the columns are in
 * @param columns for each column of the model, its number in the table
 */
public record ModelBinding(DensityModel model, int group, List<Integer> columns)
    implements Binding {
  /** Copies the list. */
  public ModelBinding {
    columns = List.copyOf(columns);
  }

  /**
   * Finds a model's columns in a table.
   *
   * @throws ModelException where one is missing or of another type, or the model needs events that
   *     the table lacks
   */
  public static ModelBinding of(Schema schema, DensityModel model) {
    List<ModelColumn> wanted = model.description().columns();
    int best = 0;
    List<Integer> bestFound = List.of();
    long bestCount = -1;
    for (int group = 0; group < schema.groups().size(); group++) {
      List<Integer> found = found(schema, group, wanted);
      long count = found.stream().filter(column -> column >= 0).count();
      if (count > bestCount) {
        best = group;
        bestFound = found;
        bestCount = count;
      }
    }
    requireAll(wanted, schema.groups().get(best).columns(), bestFound, bestCount);
    for (int j = 0; j < wanted.size(); j++) {
      Column column = schema.columns().get(bestFound.get(j));
      if (column.type() != wanted.get(j).type()) {
        throw new ModelException(
            "column %s is of type %s, but the model codes it as %s"
                .formatted(column.name(), column.type(), wanted.get(j).type()));
      }
    }
    if (model.description().events() && best == 0) {
      throw new ModelException(
          "the model tells jets of an event apart, but the table has no events: give it its event"
              + " boundaries, or use a model that was trained without events");
    }
    return new ModelBinding(model, best, bestFound);
  }

  private static List<Integer> found(Schema schema, int group, List<ModelColumn> wanted) {
    List<Column> columns = schema.groups().get(group).columns();
    List<Integer> found = new ArrayList<>(Collections.nCopies(wanted.size(), -1));
    for (int j = 0; j < wanted.size(); j++) {
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).name().equals(wanted.get(j).name())) {
          found.set(j, schema.firstColumn(group) + i);
        }
      }
    }
    return found;
  }

  private static void requireAll(
      List<ModelColumn> wanted, List<Column> present, List<Integer> found, long count) {
    if (count == wanted.size()) {
      return;
    }
    List<String> missing = new ArrayList<>();
    for (int j = 0; j < wanted.size(); j++) {
      if (found.get(j) < 0) {
        missing.add(wanted.get(j).name());
      }
    }
    throw new ModelException(
        "the model codes %d columns, of which the table, with %s, lacks %s: use a model that was trained on such tables"
            .formatted(
                wanted.size(),
                present.isEmpty() ? "none" : listed(present.stream().map(Column::name).toList()),
                listed(missing)));
  }

  /**
   * Checks that the columns' settings are those that the model was trained for.
   *
   * @param precisions one for each column of the table
   * @throws ModelException where one differs; its message names all such columns
   */
  public void requirePrecisions(Schema schema, List<Precision> precisions) {
    List<String> differing = new ArrayList<>();
    for (int j = 0; j < columns.size(); j++) {
      Precision asked = precisions.get(columns.get(j));
      Precision served = model.description().columns().get(j).precision();
      if (!asked.equals(served)) {
        differing.add(
            "%s (%s, the model: %s)"
                .formatted(schema.columns().get(columns.get(j)).name(), asked, served));
      }
    }
    if (!differing.isEmpty()) {
      throw new ModelException(
          "the model was trained for other precision settings of %s: leave out --precision, or train a model for these"
              .formatted(listed(differing)));
    }
  }

  private static String listed(List<String> names) {
    int most = 6;
    return names.size() <= most
        ? String.join(", ", names)
        : "%s and %d more"
            .formatted(String.join(", ", names.subList(0, most)), names.size() - most);
  }

  /** Which of the model's columns a column of the table is, if any. */
  Optional<Integer> modelColumn(int column) {
    int found = columns.indexOf(column);
    return found < 0 ? Optional.empty() : Optional.of(found);
  }

  /**
   * The order in which a block's rows are coded.
   *
   * @param offsets where the lists of the group's parent entries start in the block; not looked at
   *     where the model knows no events
   * @param rows the group's entries in the block
   */
  EventOrder order(int[] offsets, int rows) {
    return model.description().events() ? EventOrder.of(offsets) : EventOrder.withoutEvents(rows);
  }
}
