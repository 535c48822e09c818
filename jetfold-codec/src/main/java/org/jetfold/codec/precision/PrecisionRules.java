package org.jetfold.codec.precision;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jetfold.codec.table.Schema;

/**
 * Says which precision each column of a table gets, from the columns' names.
 *
 * <p>A list of rules {@code pattern=setting,pattern=setting}: the first pattern that matches a
 * column counts, and a column that none matches is exact. {@code *} matches any characters and
 * {@code ?} one; case matters; a backslash before {@code = , * ? \} or a blank makes it part of the
 * name. A pattern is compared with the column's name; one with a dot also with the name after that
 * of its collection and a dot ({@code jets.pt}).
 *
 * <ul>
 *   <li>A name without {@code *} and {@code ?} must be that of some column. A glob that matches no
 *       column gives a warning.
 *   <li>Integer columns, booleans, float columns that hold integers and the column that marks event
 *       boundaries are never rounded. A rule that names one of them is an error; under a glob they
 *       stay exact.
 *   <li>Event values (of a table with events, the columns beside its collections) are exact unless
 *       a rule asks for them. The pattern {@code *} alone does not reach them, since an event's
 *       weight belongs to a measurement's normalization and takes almost no space. Their name or
 *       any other glob does ({@code event_*=bits:10}).
 * </ul>
 *
 * <p>Instances are immutable and safe for use by many threads.
 */
public sealed interface PrecisionRules permits PatternRules, JetRules {
  /** What the preset for jets is called. */
  String PRESET = "jets";

  /** A setting without a column. */
  Pattern SETTING = Pattern.compile("\\s*(exact|(bits|rel|abs)\\s*:.*)");

  /** Whether the preset for jets chooses for some columns, which the user cannot know. */
  boolean hasPreset();

  /**
   * Chooses a setting for each column.
   *
   * @throws PrecisionException where a rule names a column that the table lacks, or does not suit
   *     its column
   */
  default PrecisionChoice resolve(Schema schema) {
    return resolve(schema, Collections.nCopies(schema.columns().size(), Precision.exact()));
  }

  /**
   * As above, where columns that no rule fits have a precision already.
   *
   * @param otherwise the precision of such columns, one for each column of the table
   */
  PrecisionChoice resolve(Schema schema, List<Precision> otherwise);

  /**
   * Reads a list of rules. One of them may be {@code jets}, the preset, which decides of the
   * columns that it knows; and one without a pattern, as in {@code rel:0.01}, is for {@code *}.
   *
   * @throws PrecisionException where the text is not a list of rules
   */
  static PrecisionRules parse(String text) {
    if (text.strip().equals(PRESET)) {
      return jets();
    }
    List<PatternRules.Rule> rules = new ArrayList<>();
    int preset = PatternRules.NO_PRESET;
    int start = 0;
    int equals = -1;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ',';
      if (c == '\\' && i + 1 < text.length()) {
        i++;
      } else if (c == '"' && text.substring(start, i).isBlank()) {
        // The name goes to the next quote, whatever is in it.
        i = Math.max(i, text.indexOf('"', i + 1));
      } else if (c == '=' && equals < 0) {
        equals = i;
      } else if (c == ',') {
        String rule = text.substring(start, i);
        if (rule.strip().equals(PRESET) && preset == PatternRules.NO_PRESET) {
          preset = rules.size();
        } else {
          rules.add(rule(rule, equals - start));
        }
        start = i + 1;
        equals = -1;
      }
    }
    return new PatternRules(rules, preset);
  }

  private static PatternRules.Rule rule(String text, int equals) {
    if (equals < 0 && SETTING.matcher(text).matches()) {
      return new PatternRules.Rule(NamePattern.parse("*"), Precision.parse(text));
    }
    if (equals < 0) {
      throw new PrecisionException(
          "'%s' is not a precision rule: write pattern=setting, as in pt=rel:0.004 or *=bits:7"
              .formatted(text.strip()));
    }
    String pattern = withoutBlanks(text.substring(0, equals));
    if (pattern.isEmpty()) {
      throw new PrecisionException(
          "'%s' names no column: write pattern=setting, as in pt=rel:0.004"
              .formatted(text.strip()));
    }
    boolean isQuoted = pattern.length() > 2 && pattern.startsWith("\"") && pattern.endsWith("\"");
    String unquoted =
        isQuoted ? NamePattern.escaped(pattern.substring(1, pattern.length() - 1)) : pattern;
    return new PatternRules.Rule(
        NamePattern.parse(unquoted), Precision.parse(text.substring(equals + 1)));
  }

  /** Strips blanks, except one behind a backslash. */
  private static String withoutBlanks(String pattern) {
    String stripped = pattern.strip();
    return stripped.endsWith("\\") && pattern.stripLeading().length() > stripped.length()
        ? stripped + " "
        : stripped;
  }

  /** The rules that keep every column exact. */
  static PrecisionRules exact() {
    return new PatternRules(List.of(), PatternRules.NO_PRESET);
  }

  /**
   * The preset for jets: transverse momenta (pt) rel:0.004:dither, masses (m, mass)
   * rel:0.01:dither, angles (eta, phi) abs:0.001:dither, other jet variables that are known by name
   * (energies, areas, shapes, qualities, fractions, outputs of taggers; as ATLAS, PHYSLITE, NanoAOD
   * and Delphes call them) bits:10, and everything else exact: counts, labels, matched truth, event
   * values, and all that is not known.
   *
   * <p>A name is compared without what comes before its last dot, colon or underscore, in upper or
   * lower case: {@code Jet_pt}, {@code jet.PT}. An angle's name may also end in Eta or Phi: {@code
   * DetectorEta}.
   */
  static PrecisionRules jets() {
    return JetRules.INSTANCE;
  }
}
