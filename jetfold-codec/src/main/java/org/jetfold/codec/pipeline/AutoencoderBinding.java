package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.InputRows;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a table an autoencoder sees: all of its variables, found by name in one group.
 * Those that are kept are stored without it, those that are not are what its decoder gives.
 * Immutable.
 *
 * @param model the model
 * @param group the group that the columns are in
 * @param columns for each variable of the model, its column's number in the table
 * @param kept those of the columns that are stored without the model
 */
public record AutoencoderBinding(
    Autoencoder model, int group, List<Integer> columns, Set<Integer> kept) implements Binding {
  /** Copies the collections. */
  public AutoencoderBinding {
    columns = List.copyOf(columns);
    kept = Set.copyOf(kept);
  }

  /**
   * Finds a model's variables in a table.
   *
   * @param keptToo columns of the table that are stored without the model, beside those that the
   *     model keeps anyway; columns that the model does not see do not matter
   * @throws ModelException where a variable is missing, its column is of a type or unit that the
   *     model cannot take, or nothing is left to code
   */
  public static AutoencoderBinding of(Schema schema, Autoencoder model, Set<Integer> keptToo) {
    List<AutoencoderVariable> variables = model.description().variables();
    int best = 0;
    List<Integer> columns = List.of();
    long found = -1;
    for (int group = 0; group < schema.groups().size(); group++) {
      List<Integer> here = found(schema, group, variables);
      long count = here.stream().filter(column -> column >= 0).count();
      if (count > found) {
        best = group;
        columns = here;
        found = count;
      }
    }
    requireAll(schema, variables, columns);
    List<Integer> kept = new ArrayList<>();
    for (int v = 0; v < variables.size(); v++) {
      int column = columns.get(v);
      requireFits(schema.columns().get(column), variables.get(v), model.description().unit());
      if (variables.get(v).kept() || keptToo.contains(column)) {
        kept.add(column);
      }
    }
    if (kept.size() == columns.size()) {
      throw new ModelException("all columns that the model sees are kept: nothing is left to code");
    }
    if (model.description().jets() > 1 && best == 0) {
      throw new ModelException(
          "the model takes %d jets of an event together, but the table has no events"
              .formatted(model.description().jets()));
    }
    return new AutoencoderBinding(model, best, columns, Set.copyOf(kept));
  }

  private static List<Integer> found(
      Schema schema, int group, List<AutoencoderVariable> variables) {
    List<Column> columns = schema.groups().get(group).columns();
    List<Integer> found = new ArrayList<>();
    for (AutoencoderVariable variable : variables) {
      int at = -1;
      for (int i = 0; i < columns.size(); i++) {
        at = columns.get(i).name().equals(variable.name()) ? schema.firstColumn(group) + i : at;
      }
      found.add(at);
    }
    return found;
  }

  private static void requireAll(
      Schema schema, List<AutoencoderVariable> variables, List<Integer> columns) {
    List<String> missing = new ArrayList<>();
    for (int v = 0; v < variables.size(); v++) {
      if (columns.get(v) < 0) {
        missing.add(variables.get(v).name());
      }
    }
    if (!missing.isEmpty()) {
      throw new ModelException(
          "the model sees %d columns, and the table lacks %s: %s"
              .formatted(
                  variables.size(),
                  String.join(", ", missing),
                  QualifiedColumn.near(missing.getFirst(), QualifiedColumn.all(schema))));
    }
  }

  private static void requireFits(
      Column column, AutoencoderVariable variable, @Nullable EnergyUnit unit) {
    if (!column.type().isFloat()) {
      throw new ModelException(
          "column %s is of type %s, and an autoencoder takes floats: leave it out of the model"
              .formatted(column.name(), column.type()));
    }
    for (EnergyUnit other : EnergyUnit.values()) {
      boolean states = column.unit().equalsIgnoreCase(other.symbol());
      if (states && variable.energy() && unit != null && unit != other) {
        throw new ModelException(
            "column %s is in %s, but the model was trained on %s: use a model for %s"
                .formatted(column.name(), other.symbol(), unit.symbol(), other.symbol()));
      }
    }
  }

  /** Whether the model codes a column of the table. */
  boolean codes(int column) {
    return columns.contains(column) && !kept.contains(column);
  }

  /** The columns that the decoder needs beside the latents. */
  List<Integer> givenToDecoder() {
    return model.description().kept().stream().map(columns::get).toList();
  }

  /**
   * The jets of a block that go through the networks together.
   *
   * @param offsets where the lists of the group's parent entries start; not looked at where jets go
   *     through one by one
   */
  InputRows rows(int[] offsets, int jets) {
    int together = model.description().jets();
    return together == 1 ? InputRows.single(jets) : InputRows.ofEvents(offsets, together);
  }
}
