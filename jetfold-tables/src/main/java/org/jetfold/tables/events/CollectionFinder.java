package org.jetfold.tables.events;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetfold.codec.precision.NamePattern;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.tables.format.ColumnRequest;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.tables.format.TableUsageException.Subject;
import org.jetfold.tables.rows.FreeName;

/**
 * Finds out which of a file's variables make a collection.
 *
 * <p>Where the user names a collection, its members are the variables that begin with its name and
 * one of {@code . _ :}, or fit its glob. Otherwise variables belong together whose names are the
 * same up to the first dot or colon, or without one up to the first underscore, as long as their
 * lists are equally long in a sample of the events; where they are not, up to the next separator,
 * and so on.
 */
public final class CollectionFinder {
  private static final String SEPARATORS = ".:_";
  private static final int MAX_NAMES_LISTED = 4;

  /** Reads how long lists are. */
  public interface Sample {
    /** For each variable, the lengths of its outermost lists in the same events. */
    List<int[]> lengths(List<Variable> variables) throws IOException;
  }

  private final String file;
  private final List<Variable> all;
  private final Sample sample;
  private final SourceOptions options;
  private final Map<Variable, int[]> lengths = new HashMap<>();
  private final Set<Variable> taken = new HashSet<>();
  private final List<Variable> eventValues = new ArrayList<>();
  private final List<EventLayout.Collection> collections = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /**
   * A search.
   *
   * @param file the file's name, for messages
   * @param all what there is, with different names, in the file's order
   */
  public CollectionFinder(String file, List<Variable> all, Sample sample, SourceOptions options) {
    this.file = file;
    this.all = List.copyOf(all);
    this.sample = sample;
    this.options = options;
  }

  /** Whether each pattern of a request fits one of some names. */
  public static boolean fitsAll(ColumnRequest request, List<String> names) {
    return request.collections().stream()
            .allMatch(name -> names.stream().anyMatch(column -> isMember(name, column)))
        && request.columns().stream()
            .map(NamePattern::parse)
            .allMatch(pattern -> names.stream().anyMatch(pattern::fits));
  }

  /** Whether a request asks for a variable by its name, or for its collection. */
  public static boolean isAsked(ColumnRequest request, String variable) {
    return request.isAll()
        || request.collections().stream().anyMatch(name -> isMember(name, variable))
        || request.columns().stream().anyMatch(name -> NamePattern.parse(name).fits(variable));
  }

  /** Those variables that a request asks for. */
  public static List<Variable> asked(ColumnRequest request, List<Variable> all) {
    return all.stream().filter(variable -> isAsked(request, variable.name())).toList();
  }

  /**
   * Sorts what the options ask for.
   *
   * @throws TableUsageException where a pattern fits nothing
   */
  public EventLayout find() throws IOException {
    ColumnRequest request = options.request();
    Map<String, List<Variable>> named = new LinkedHashMap<>();
    for (String wanted : request.collections()) {
      List<Variable> members =
          all.stream().filter(variable -> isMember(wanted, variable.name())).toList();
      if (members.isEmpty()) {
        throw unknown(Subject.COLLECTIONS, wanted);
      }
      named.put(wanted, take(members));
    }
    Set<Variable> alone = new HashSet<>();
    for (String wanted : request.columns()) {
      NamePattern pattern = NamePattern.parse(wanted);
      List<Variable> fitting =
          all.stream().filter(variable -> pattern.fits(variable.name())).toList();
      if (fitting.isEmpty()) {
        throw unknown(Subject.COLUMNS, wanted);
      }
      alone.addAll(take(fitting));
    }
    List<Variable> rest = all.stream().filter(v -> request.isAll() || alone.contains(v)).toList();
    sampleLengths(named, rest);
    List<Variable> others = new ArrayList<>();
    named.forEach((wanted, members) -> others.addAll(addNamed(wanted, members)));
    for (Variable variable : rest) {
      if (variable.depth() == 0) {
        eventValues.add(variable);
      } else {
        others.add(variable);
      }
    }
    addByName(others, 1);
    eventValues.sort((a, b) -> Integer.compare(all.indexOf(a), all.indexOf(b)));
    return new EventLayout(eventValues, collections);
  }

  private List<Variable> take(List<Variable> variables) {
    return variables.stream().filter(taken::add).toList();
  }

  private void sampleLengths(Map<String, List<Variable>> named, List<Variable> rest)
      throws IOException {
    List<Variable> lists = new ArrayList<>();
    named.values().forEach(lists::addAll);
    lists.addAll(rest);
    lists.removeIf(variable -> variable.depth() == 0);
    List<int[]> sampled = sample.lengths(lists);
    for (int i = 0; i < lists.size(); i++) {
      lengths.put(lists.get(i), sampled.get(i));
    }
  }

  private static boolean isMember(String wanted, String name) {
    NamePattern pattern = NamePattern.parse(wanted);
    if (pattern.fits(name)) {
      return true;
    }
    String collection = pattern.literal();
    return pattern.plain()
        && name.startsWith(collection)
        && name.length() > collection.length() + 1
        && SEPARATORS.indexOf(name.charAt(collection.length())) >= 0;
  }

  /** Adds a collection that the user named; returns those that do not belong to it after all. */
  private List<Variable> addNamed(String wanted, List<Variable> members) {
    Map<Integer, Integer> votes = new LinkedHashMap<>();
    for (Variable member : members) {
      if (member.depth() == 0) {
        eventValues.add(member);
      } else {
        votes.merge(shape(member), 1, Integer::sum);
      }
    }
    int most = votes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    int shape =
        votes.entrySet().stream()
            .filter(vote -> vote.getValue() == most)
            .mapToInt(Map.Entry::getKey)
            .findFirst()
            .orElse(0);
    List<Variable> same = new ArrayList<>();
    List<Variable> others = new ArrayList<>();
    for (Variable member : members) {
      if (member.depth() > 0) {
        (shape(member) == shape ? same : others).add(member);
      }
    }
    if (!same.isEmpty()) {
      collections.add(new EventLayout.Collection(FreeName.of(label(wanted), names), same));
    }
    if (!others.isEmpty()) {
      options.warn(
          "%s: %s and %s have lists of different length: they are collections of their own"
              .formatted(file, listed(same), listed(others)));
    }
    return others;
  }

  private int shape(Variable variable) {
    return Arrays.hashCode(lengths.get(variable));
  }

  private static String listed(List<Variable> variables) {
    String names =
        String.join(", ", variables.stream().limit(MAX_NAMES_LISTED).map(Variable::name).toList());
    return variables.size() > MAX_NAMES_LISTED
        ? names + " and %d more".formatted(variables.size() - MAX_NAMES_LISTED)
        : names;
  }

  /** What stands before a glob's first wildcard, without separators at its end. */
  private static String label(String wanted) {
    NamePattern pattern = NamePattern.parse(wanted);
    if (pattern.plain()) {
      return pattern.literal();
    }
    int end = 0;
    while (end < wanted.length() && "*?".indexOf(wanted.charAt(end)) < 0) {
      end++;
    }
    while (end > 0 && SEPARATORS.indexOf(wanted.charAt(end - 1)) >= 0) {
      end--;
    }
    return end == 0 ? "objects" : NamePattern.parse(wanted.substring(0, end)).literal();
  }

  private void addByName(List<Variable> variables, int separators) {
    Map<String, List<Variable>> byPrefix = new LinkedHashMap<>();
    for (Variable variable : variables) {
      byPrefix
          .computeIfAbsent(prefix(variable.name(), separators), name -> new ArrayList<>())
          .add(variable);
    }
    byPrefix.forEach((name, members) -> {
      if (members.stream().mapToInt(this::shape).distinct().count() == 1) {
        collections.add(new EventLayout.Collection(FreeName.of(name, names), members));
      } else {
        addByName(members, separators + 1);
      }
    });
  }

  /** The name up to a separator; the whole name where it has not so many. */
  static String prefix(String name, int separators) {
    int dot = 1;
    while (dot < name.length() && name.charAt(dot) != '.' && name.charAt(dot) != ':') {
      dot++;
    }
    int left = separators;
    for (int i = dot < name.length() ? dot : 1; i < name.length() - 1; i++) {
      if (SEPARATORS.indexOf(name.charAt(i)) >= 0 && --left == 0) {
        return name.substring(0, i);
      }
    }
    return name;
  }

  private TableUsageException unknown(Subject subject, String wanted) {
    return new TableUsageException(
        subject,
        "%s: no column that can be read is called %s; %s"
            .formatted(
                file, wanted, near(subject, wanted, all.stream().map(Variable::name).toList())));
  }

  private static String near(Subject subject, String wanted, List<String> names) {
    return QualifiedColumn.nearName(
        wanted,
        subject == Subject.COLLECTIONS
            ? names.stream().map(name -> prefix(name, 1)).toList()
            : names);
  }

  /** Help for the first pattern of a request that fits none of some names. */
  public static String near(ColumnRequest request, List<String> names) {
    for (String wanted : request.collections()) {
      if (names.stream().noneMatch(name -> isMember(wanted, name))) {
        return "%s: %s".formatted(wanted, near(Subject.COLLECTIONS, wanted, names));
      }
    }
    for (String wanted : request.columns()) {
      if (names.stream().noneMatch(NamePattern.parse(wanted)::fits)) {
        return "%s: %s".formatted(wanted, near(Subject.COLUMNS, wanted, names));
      }
    }
    return "not in one tree";
  }
}
