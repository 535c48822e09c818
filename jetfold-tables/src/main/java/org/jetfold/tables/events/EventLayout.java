package org.jetfold.tables.events;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.rows.FreeName;
import org.jetfold.tables.rows.RequestedColumns;

/**
 * Which variables make which table: values of the event, and collections whose members all have one
 * value (or list) for each object. A list within objects is a list of the collection with one
 * column, both called as the variable. Immutable.
 */
public final class EventLayout implements LayoutOfFirstFile, Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Variables with one list an event, all equally long.
   *
   * @param name the collection's name
   * @param members the variables, at least one, each at least one list deep
   */
  public record Collection(String name, List<Variable> members) implements Serializable {
    /** Copies the list. */
    public Collection {
      members = List.copyOf(members);
    }
  }

  /** What counts a group's entries: one of the lists around a variable. */
  private record Counter(int variable, int level) {}

  private final transient List<Collection> collections;
  private final transient List<Variable> variables = new ArrayList<>();
  private final transient List<Integer> columns = new ArrayList<>();
  private final transient List<Counter> counters = new ArrayList<>();
  private final transient Schema schema;

  /** The layout of some event values and collections, whose names all differ. */
  public EventLayout(List<Variable> eventValues, List<Collection> collections) {
    this.collections = List.copyOf(collections);
    List<Column> eventColumns = new ArrayList<>();
    for (Variable variable : eventValues) {
      eventColumns.add(column(add(variable), variable));
    }
    List<Group> groups = new ArrayList<>();
    for (Collection collection : collections) {
      groups.add(group(collection));
    }
    schema = new Schema(new Group("", eventColumns, groups));
  }

  /** What is written of a layout: what it was made of. */
  private record Parts(List<Variable> eventValues, List<Collection> collections)
      implements Serializable {
    private Object readResolve() {
      return new EventLayout(eventValues, collections);
    }
  }

  private Object writeReplace() {
    return new Parts(List.copyOf(variables.subList(0, eventValues())), collections);
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("a layout is written as its parts");
  }

  /** How many of the variables are values of the event; they come first. */
  private int eventValues() {
    return variables.size() - collections.stream().mapToInt(c -> c.members().size()).sum();
  }

  /**
   * Those of its variables that are asked for by names of the table, which need not be the file's.
   *
   * @return none where a name stands for no column
   */
  List<Variable> asked(SourceOptions options) {
    Set<Integer> chosen = new TreeSet<>();
    for (Set<Integer> matching : RequestedColumns.matching(schema, options)) {
      if (matching.isEmpty()) {
        return List.of();
      }
      chosen.addAll(matching);
    }
    return chosen.stream().map(column -> variables.get(columns.get(column))).toList();
  }

  /** The names of its collections. */
  List<String> collectionNames() {
    return collections.stream().map(Collection::name).toList();
  }

  /**
   * The layout of another file of the same table: what has a name and depth of this layout has its
   * place, anything else is an event value or a collection of its own.
   *
   * @param others what the other file has, with different names
   */
  public EventLayout following(List<Variable> others) {
    Map<String, Variable> left = new LinkedHashMap<>();
    others.forEach(variable -> left.put(variable.name(), variable));
    List<Variable> ofEvents = new ArrayList<>(taken(variables.subList(0, eventValues()), left));
    List<Collection> following = new ArrayList<>();
    for (Collection collection : collections) {
      List<Variable> members = taken(collection.members(), left);
      if (!members.isEmpty()) {
        following.add(new Collection(collection.name(), members));
      }
    }
    Set<String> names = new HashSet<>();
    following.forEach(collection -> names.add(collection.name()));
    for (Variable variable : left.values()) {
      if (variable.depth() == 0) {
        ofEvents.add(variable);
      } else {
        String name = FreeName.of(variable.name(), names);
        following.add(new Collection(name, List.of(variable)));
      }
    }
    return new EventLayout(ofEvents, following);
  }

  /** Takes from a map what has the names and depths of some variables. */
  private static List<Variable> taken(List<Variable> like, Map<String, Variable> left) {
    List<Variable> taken = new ArrayList<>();
    for (Variable variable : like) {
      Variable same = left.get(variable.name());
      if (same != null && same.depth() == variable.depth()) {
        taken.add(same);
        left.remove(variable.name());
      }
    }
    return taken;
  }

  private int add(Variable variable) {
    variables.add(variable);
    return variables.size() - 1;
  }

  private Column column(int number, Variable variable) {
    columns.add(number);
    return variable.column();
  }

  private Group group(Collection collection) {
    int first = variables.size();
    counters.add(new Counter(first, 0));
    collection.members().forEach(this::add);
    List<Column> own = new ArrayList<>();
    for (int i = 0; i < collection.members().size(); i++) {
      Variable member = collection.members().get(i);
      if (member.depth() == 1) {
        own.add(column(first + i, member));
      }
    }
    List<Group> lists = new ArrayList<>();
    for (int i = 0; i < collection.members().size(); i++) {
      if (collection.members().get(i).depth() > 1) {
        lists.add(list(first + i, 1));
      }
    }
    return new Group(collection.name(), own, lists);
  }

  private Group list(int number, int level) {
    Variable variable = variables.get(number);
    counters.add(new Counter(number, level));
    return level == variable.depth() - 1
        ? new Group(variable.column().name(), List.of(column(number, variable)), List.of())
        : new Group(variable.column().name(), List.of(), List.of(list(number, level + 1)));
  }

  @Override
  public Schema schema() {
    return schema;
  }

  /** The variables that are needed, in the order in which {@link #table} wants their values. */
  public List<Variable> variables() {
    return List.copyOf(variables);
  }

  /**
   * Puts the values of some events together.
   *
   * @param file the file's name, for messages
   * @param firstEvent the number of the first event, for messages
   * @param values for each variable
   * @throws UnreadableTableException where members of one collection have lists of different length
   */
  public Table table(String file, long firstEvent, int events, List<VariableValues> values) {
    int next = variables.size();
    for (int c = collections.size() - 1; c >= 0; c--) {
      next -= collections.get(c).members().size();
      for (int i = 1; i < collections.get(c).members().size(); i++) {
        check(file, firstEvent, collections.get(c), i, values.get(next), values.get(next + i));
      }
    }
    List<int[]> offsets = new ArrayList<>();
    for (Counter counter : counters) {
      offsets.add(values.get(counter.variable()).offsets().get(counter.level()));
    }
    List<ColumnValues> inOrder = new ArrayList<>();
    for (int variable : columns) {
      inOrder.add(values.get(variable).values());
    }
    return new Table(schema, events, offsets, inOrder);
  }

  private static void check(
      String file,
      long firstEvent,
      Collection collection,
      int member,
      VariableValues first,
      VariableValues other) {
    int[] a = first.offsets().getFirst();
    int[] b = other.offsets().getFirst();
    for (int event = 0; event + 1 < a.length; event++) {
      int expected = a[event + 1] - a[event];
      int found = b[event + 1] - b[event];
      if (expected != found) {
        throw new UnreadableTableException(
            "%s: event %d: %s has %d values, but %s has %d, so they are not the same objects: read %s as a collection of its own"
                .formatted(
                    file,
                    firstEvent + event,
                    collection.members().get(member).name(),
                    found,
                    collection.members().getFirst().name(),
                    expected,
                    collection.members().get(member).name()));
      }
    }
  }
}
