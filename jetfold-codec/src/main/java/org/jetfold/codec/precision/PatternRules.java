package org.jetfold.codec.precision;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.Schema;

/**
 * The rules that a user wrote; the first that matches a column counts.
 *
 * @param rules in the order written
 * @param preset the number of rules before the preset for jets; {@link #NO_PRESET} without it
 */
record PatternRules(List<Rule> rules, int preset) implements PrecisionRules {
  /** Of rules without the preset. */
  static final int NO_PRESET = -1;

  /** A pattern, and the precision of the columns that it matches. */
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
  public boolean hasPreset() {
    return preset != NO_PRESET;
  }

  @Override
  public PrecisionChoice resolve(Schema schema, List<Precision> otherwise) {
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
    if (hasPreset() && columns.stream().noneMatch(column -> JetRules.of(column).isKnown())) {
      warnings.add("the preset jets knows none of these columns");
    }
    List<Precision> precisions = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (int number = 0; number < columns.size(); number++) {
      choose(columns.get(number), otherwise.get(number), precisions, reasons);
    }
    return new PrecisionChoice(
        columns.stream().map(QualifiedColumn::path).toList(),
        ScaledPrecisions.named(schema, precisions),
        reasons,
        warnings);
  }

  private void choose(
      QualifiedColumn column,
      Precision otherwise,
      List<Precision> precisions,
      List<String> reasons) {
    for (int number = 0; number <= rules.size(); number++) {
      if (number == preset && JetRules.of(column).isKnown()) {
        precisions.add(JetRules.of(column).precision());
        reasons.add(JetRules.of(column).reason());
        return;
      }
      if (number < rules.size() && fits(rules.get(number), column)) {
        Rule rule = rules.get(number);
        boolean keeps = rule.precision().isLossy() && !column.mayLoseBits();
        if (keeps && rule.pattern().plain()) {
          throw new PrecisionException(
              "%s: %s %s and is always exact; leave the rule out, or write %s=exact"
                  .formatted(rule, column.path(), column.whyExact(), rule.pattern().text()));
        }
        precisions.add(keeps ? Precision.exact() : checked(rule, column));
        reasons.add(keeps ? column.whyExact() : "by " + rule);
        return;
      }
    }
    precisions.add(otherwise);
    reasons.add(
        otherwise.isLossy()
            ? "as it is stored"
            : column.eventValue() ? "an event value that no rule asks for" : "no rule fits");
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
    return column.fits(rule.pattern());
  }

  private static PrecisionException unknown(Rule rule, List<QualifiedColumn> columns) {
    String wanted = rule.pattern().literal();
    return new PrecisionException(
        "%s: no column is called %s; %s"
            .formatted(rule, wanted, QualifiedColumn.near(wanted, columns)));
  }
}
