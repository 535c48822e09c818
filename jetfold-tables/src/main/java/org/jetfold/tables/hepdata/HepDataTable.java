package org.jetfold.tables.hepdata;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.codec.text.Quantities;
import org.jspecify.annotations.Nullable;

/**
 * A binned spectrum of HEPData, as a flat table: {@code low} and {@code high} of the one
 * independent variable, {@code events}, perhaps {@code error} and {@code expected}.
 *
 * <p>Of several dependent variables, the content is the one whose name has a word like "events",
 * "observed" or "data", or the one that the caller names; the background is another with the same
 * bins whose name has "background", "expected" or "fit". An error is that labelled as statistical,
 * or the only one; those to both sides are averaged.
 */
public final class HepDataTable {
  private static final Set<String> CONTENTS =
      Set.of("events", "entries", "counts", "observed", "data");
  private static final Set<String> BACKGROUNDS = Set.of("expected", "background", "fit");

  private HepDataTable() {}

  /**
   * Reads the YAML file of a table.
   *
   * @param variable the name of the dependent variable; null for the one that its name tells
   * @throws UnreadableTableException where it is no such table, or does not tell its content
   * @throws IOException where the file cannot be read
   */
  public static Table read(Path file, @Nullable String variable) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, variable);
    }
  }

  /** As above, from a stream. */
  static Table read(InputStream in, @Nullable String variable) throws IOException {
    YamlNode root = YamlNode.read(in);
    List<YamlNode> independent = root.list("independent_variables");
    if (independent.size() != 1) {
      throw new UnreadableTableException(
          "has %d independent variables: a spectrum has one".formatted(independent.size()));
    }
    YamlNode axis = independent.getFirst();
    List<YamlNode> bins = axis.list("values");
    List<YamlNode> dependent = root.list("dependent_variables");
    YamlNode content = content(dependent, variable);
    YamlNode background = background(dependent, content);
    String name = name(axis);
    List<Column> columns = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>();
    add(columns, values, name + " low", each(bins, "low"));
    add(columns, values, name + " high", each(bins, "high"));
    List<YamlNode> contents = values(content, bins.size());
    add(columns, values, "events", each(contents, "value"));
    double[] errors = HepDataErrors.of(contents);
    if (errors != null) {
      add(columns, values, "error", errors);
    }
    if (background != null) {
      add(columns, values, "expected", each(values(background, bins.size()), "value"));
    }
    return new Table(Schema.flat(columns), bins.size(), List.of(), values);
  }

  private static void add(
      List<Column> columns, List<ColumnValues> values, String name, double[] numbers) {
    columns.add(new Column(name, ValueType.FLOAT64));
    values.add(new ColumnValues.Doubles(numbers));
  }

  private static double[] each(List<YamlNode> nodes, String key) {
    return nodes.stream().mapToDouble(node -> node.number(key)).toArray();
  }

  private static List<YamlNode> values(YamlNode variable, int bins) {
    List<YamlNode> values = variable.list("values");
    if (values.size() != bins) {
      throw new UnreadableTableException(
          "%s has %s and %s: each bin must have a value"
              .formatted(
                  name(variable),
                  Quantities.count(values.size(), "value"),
                  Quantities.count(bins, "bin")));
    }
    return values;
  }

  private static String name(YamlNode variable) {
    return variable.map("header").text("name");
  }

  private static boolean hasWord(YamlNode variable, Set<String> words) {
    for (String word : name(variable).toLowerCase(Locale.ROOT).split("[^a-z]+", -1)) {
      if (words.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static YamlNode content(List<YamlNode> dependent, @Nullable String variable) {
    List<String> names = dependent.stream().map(HepDataTable::name).toList();
    if (variable != null) {
      return dependent.stream()
          .filter(one -> name(one).equals(variable))
          .findFirst()
          .orElseThrow(() ->
              new UnreadableTableException(
                  "has no dependent variable %s: it has %s"
                      .formatted(variable, Quantities.names(names))));
    }
    List<YamlNode> found =
        dependent.size() == 1
            ? dependent
            : dependent.stream()
                .filter(one -> hasWord(one, CONTENTS) && !hasWord(one, BACKGROUNDS))
                .toList();
    if (found.size() != 1) {
      throw new UnreadableTableException(
          "has the dependent variables %s, and %s looks like numbers of events: name the one to take"
              .formatted(Quantities.names(names), found.isEmpty() ? "none" : "more than one"));
    }
    return found.getFirst();
  }

  private static @Nullable YamlNode background(List<YamlNode> dependent, YamlNode content) {
    List<YamlNode> found =
        dependent.stream()
            .filter(one -> !one.equals(content) && hasWord(one, BACKGROUNDS))
            .toList();
    return found.size() == 1 ? found.getFirst() : null;
  }
}
