package org.jetfold.train.autoencoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.train.UntrainableTableException;

/**
 * The columns of a table that a network takes: the variables of a preset, or all float columns of
 * the group that has most of them. Immutable.
 *
 * @param schema of the table
 * @param group the group that the columns are in
 * @param columns their numbers, in the order of the network's inputs
 * @param variables the preset's; empty without a preset
 */
record NetworkColumns(
    Schema schema, int group, List<Integer> columns, List<AutoencoderPreset.Variable> variables) {
  /** A message about missing variables gives advice on so many. */
  private static final int MAX_ADVICE = 4;

  NetworkColumns {
    columns = List.copyOf(columns);
  }

  /**
   * Finds the columns in a table.
   *
   * @param variables a preset's; empty for all float columns
   * @param weights the number of a column that has weights and is no variable; −1 for none
   * @throws UntrainableTableException where variables are missing or integers, or there are no
   *     float columns; its message is for the user
   */
  static NetworkColumns find(
      Schema schema, List<AutoencoderPreset.Variable> variables, int weights) {
    List<QualifiedColumn> all = QualifiedColumn.all(schema);
    int group = 0;
    List<Integer> columns = List.of();
    long bestCount = -1;
    for (int candidate = 0; candidate < schema.groups().size(); candidate++) {
      List<Integer> here =
          variables.isEmpty()
              ? floats(schema, candidate, weights)
              : named(schema, all, candidate, variables);
      long count = here.stream().filter(column -> column >= 0).count();
      if (count > bestCount) {
        bestCount = count;
        group = candidate;
        columns = here;
      }
    }
    requireAll(variables, columns, all);
    for (int number : columns) {
      Column column = schema.columns().get(number);
      if (!column.type().isFloat()) {
        throw new UntrainableTableException(
            "has integers in column %s, and an autoencoder takes floats: store the column as float32 (in CSV, with a decimal point), or use a network without it"
                .formatted(column.name()));
      }
    }
    return new NetworkColumns(schema, group, columns, variables);
  }

  private static List<Integer> floats(Schema schema, int group, int weights) {
    List<Integer> floats = new ArrayList<>();
    List<Column> here = schema.groups().get(group).columns();
    for (int i = 0; i < here.size(); i++) {
      int column = schema.firstColumn(group) + i;
      if (here.get(i).type().isFloat() && !here.get(i).eventKey() && column != weights) {
        floats.add(column);
      }
    }
    return floats;
  }

  /** A column matches its name, and its name without the collection's, in upper or lower case. */
  private static List<Integer> named(
      Schema schema,
      List<QualifiedColumn> all,
      int group,
      List<AutoencoderPreset.Variable> variables) {
    List<Integer> found = new ArrayList<>();
    int from = schema.firstColumn(group);
    int to = from + schema.groups().get(group).columns().size();
    for (AutoencoderPreset.Variable variable : variables) {
      int at = -1;
      for (int column = from; column < to; column++) {
        List<String> names = all.get(column).names();
        boolean exact = names.contains(variable.name());
        boolean ends = names.stream().anyMatch(name -> endsWith(name, variable.name()));
        at = exact || (ends && at < 0) ? column : at;
      }
      found.add(at);
    }
    return found;
  }

  private static void requireAll(
      List<AutoencoderPreset.Variable> variables,
      List<Integer> columns,
      List<QualifiedColumn> all) {
    if (columns.isEmpty()) {
      throw new UntrainableTableException("has no float columns to train on");
    }
    List<String> missing = new ArrayList<>();
    for (int v = 0; v < variables.size(); v++) {
      if (columns.get(v) < 0) {
        missing.add(variables.get(v).name());
      }
    }
    if (!missing.isEmpty()) {
      List<String> advice =
          missing.stream()
              .limit(MAX_ADVICE)
              .map(name -> name + ": " + QualifiedColumn.near(name, all))
              .toList();
      throw new UntrainableTableException(
          "lacks %s (%s)".formatted(String.join(", ", missing), String.join("; ", advice)));
    }
  }

  /**
   * Whether a column is a variable: its name is the variable's, in upper or lower case, or ends
   * with it after one of {@code . _ :}.
   */
  static boolean endsWith(String column, String variable) {
    String name = column.toLowerCase(Locale.ROOT);
    String wanted = variable.toLowerCase(Locale.ROOT);
    return name.equals(wanted)
        || (name.endsWith(wanted)
            && "._:".indexOf(name.charAt(name.length() - wanted.length() - 1)) >= 0);
  }

  /** The column of an input of the network. */
  Column column(int v) {
    return schema.columns().get(columns.get(v));
  }

  /** The names of the columns, in the order of the network's inputs. */
  List<String> names() {
    return columns.stream().map(number -> schema.columns().get(number).name()).toList();
  }

  /** Whether an input of the network is an energy. */
  boolean isEnergy(int v) {
    return variables.isEmpty()
        ? EnergyNames.isEnergy(column(v).name())
        : variables.get(v).unit() != null;
  }
}
