package org.jetfold.codec.precision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;

/**
 * The rules that a user wrote; the first that fits a column counts.
 *
 * @param rules in the order written
 */
record PatternRules(List<Rule> rules) implements PrecisionRules {
  private static final int MOST_NAMES_LISTED = 4;

  /** One pattern and the setting of the columns that it fits. */
  record Rule(NamePattern pattern, Precision precision) {
    @Override
    public String toString() {
      return pattern.text() + "=" + precision;
    }
  }

  PatternRules {
    rules = List.copyOf(rules);
  }

  @Override
  public PrecisionChoice resolve(Schema schema) {
    List<QualifiedColumn> columns = QualifiedColumn.all(schema);
    List<String> warnings = new ArrayList<>();
    for (Rule rule : rules) {
      if (columns.stream().noneMatch(column -> fits(rule, column))) {
        if (rule.pattern().plain()) {
          throw unknown(rule, columns);
        }
        warnings.add("no column fits the pattern %s of %s".formatted(rule.pattern().text(), rule));
      }
    }
    List<Precision> precisions = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (QualifiedColumn column : columns) {
      choose(column, precisions, reasons);
    }
    return new PrecisionChoice(
        columns.stream().map(QualifiedColumn::path).toList(), precisions, reasons, warnings);
  }

  private void choose(QualifiedColumn column, List<Precision> precisions, List<String> reasons) {
    for (Rule rule : rules) {
      if (fits(rule, column)) {
        boolean keeps = rule.precision().isLossy() && !column.mayLoseBits();
        if (keeps && rule.pattern().plain()) {
          throw new PrecisionException(
              "%s makes no sense: %s %s and is always exact; leave the rule out, or write %s=exact"
                  .formatted(rule, column.path(), column.whyExact(), rule.pattern().text()));
        }
        precisions.add(keeps ? Precision.exact() : checked(rule, column));
        reasons.add(keeps ? column.whyExact() : "by " + rule);
        return;
      }
    }
    precisions.add(Precision.exact());
    reasons.add(column.eventValue() ? "an event value that no rule asks for" : "no rule fits");
  }

  private static Precision checked(Rule rule, QualifiedColumn column) {
    try {
      rule.precision().requireFits(column.column().type());
    } catch (PrecisionException wrong) {
      throw new PrecisionException(
          "column %s, by %s: %s".formatted(column.path(), rule, wrong.getMessage()), wrong);
    }
    return rule.precision();
  }

  private static boolean fits(Rule rule, QualifiedColumn column) {
    if (rule.pattern().bareStar() && column.eventValue()) {
      return false;
    }
    return column.names().stream().anyMatch(rule.pattern()::fits);
  }

  private static PrecisionException unknown(Rule rule, List<QualifiedColumn> columns) {
    String wanted = rule.pattern().literal();
    List<String> near =
        columns.stream()
            .flatMap(column -> column.names().stream())
            .distinct()
            .filter(name -> distance(wanted, name) <= Math.max(2, wanted.length() / 3))
            .sorted(Comparator.comparingInt(name -> distance(wanted, name)))
            .limit(MOST_NAMES_LISTED)
            .toList();
    List<String> some =
        columns.stream().map(QualifiedColumn::path).limit(MOST_NAMES_LISTED).toList();
    String help =
        !near.isEmpty()
            ? "did you mean " + String.join(", ", near) + "?"
            : "there are " + String.join(", ", some) + (columns.size() > some.size() ? ", …" : "");
    return new PrecisionException("%s: no column is called %s; %s".formatted(rule, wanted, help));
  }

  /**
   * Edits that make one name of the other, where a change of case costs none: Levenshtein's
   * distance.
   */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  /** A column with the names that a rule can call it by. */
  record QualifiedColumn(Column column, String path, List<String> names, boolean eventValue) {
    static List<QualifiedColumn> all(Schema schema) {
      List<QualifiedColumn> all = new ArrayList<>();
      for (int number = 0; number < schema.columns().size(); number++) {
        Column column = schema.columns().get(number);
        int group = schema.groupOf(number);
        if (group == 0) {
          all.add(
              new QualifiedColumn(
                  column, column.name(), List.of(column.name()), schema.hasEvents()));
        } else {
          String nearest = schema.groups().get(group).name() + "." + column.name();
          String path = path(schema, group) + column.name();
          List<String> names =
              path.equals(nearest)
                  ? List.of(column.name(), path)
                  : List.of(column.name(), nearest, path);
          all.add(new QualifiedColumn(column, path, names, false));
        }
      }
      return all;
    }

    private static String path(Schema schema, int group) {
      return group == 0
          ? ""
          : path(schema, schema.parent(group)) + schema.groups().get(group).name() + ".";
    }

    boolean mayLoseBits() {
      return column.mayLoseBits() && !column.eventKey();
    }

    /** Why the column cannot lose bits, as the end of a sentence about it. */
    String whyExact() {
      if (!column.type().isFloat()) {
        return "has type " + column.type().name().toLowerCase(Locale.ROOT);
      }
      return column.integral() ? "holds integers" : "marks the event boundaries";
    }
  }
}
