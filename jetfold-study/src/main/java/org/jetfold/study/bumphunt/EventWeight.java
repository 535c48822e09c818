package org.jetfold.study.bumphunt;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jetfold.codec.table.Schema;
import org.jetfold.study.StudyException;

/**
 * The column that holds the weight of each event, and what else might have been meant.
 *
 * @param column its number
 * @param name its name
 * @param others the names of other columns that look like weights
 */
public record EventWeight(int column, String name, List<String> others) {
  /** A generator's weight or the whole weight of an event; others correct it. */
  private static final Pattern WHOLE =
      Pattern.compile("(?i)(.*[._:])?(gen|mc|mcevent|generator|event|evt|ev|total)?[._]?weights?");

  /** Corrections and variations, which are no event's whole weight. */
  private static final Pattern CORRECTION =
      Pattern.compile(
          "(?i).*(btag|ctag|pileup|prefiring|trig|lep|scale|pdf).*|pu.*|.*[._](sf|up|down).*");

  /** Copies the list. */
  public EventWeight {
    others = List.copyOf(others);
  }

  /**
   * The column of a name.
   *
   * @throws StudyException where no value of the events is called so
   */
  public static EventWeight named(Schema schema, String name) throws StudyException {
    for (int column = 0; column < schema.columns().size(); column++) {
      if (schema.groupOf(column) == 0 && schema.columns().get(column).name().equals(name)) {
        return new EventWeight(column, name, List.of());
      }
    }
    throw new StudyException("no value of the events is called " + name);
  }

  /**
   * The columns of the events that have "weight" in their names: the whole weight, as {@code
   * genWeight} or {@code event_weight}, before a correction as {@code btagWeight_CSVV2}.
   *
   * @return the first with all others; empty where there is none
   */
  public static Optional<EventWeight> find(Schema schema) {
    if (!schema.hasEvents()) {
      return Optional.empty();
    }
    List<Integer> found =
        IntStream.range(0, schema.columns().size())
            .filter(column -> schema.groupOf(column) == 0)
            .filter(column -> name(schema, column).toLowerCase(Locale.ROOT).contains("weight"))
            .boxed()
            .sorted(Comparator.comparingInt(column -> rank(name(schema, column))))
            .toList();
    return found.stream()
        .findFirst()
        .map(best ->
            new EventWeight(
                best,
                name(schema, best),
                found.stream().skip(1).map(column -> name(schema, column)).toList()));
  }

  private static String name(Schema schema, int column) {
    return schema.columns().get(column).name();
  }

  private static int rank(String name) {
    return WHOLE.matcher(name).matches() ? 0 : CORRECTION.matcher(name).matches() ? 2 : 1;
  }
}
