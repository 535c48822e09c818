package org.jetfold.tables.numpy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.IllFormedNameException;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.arrays.ArraySource;
import org.jetfold.tables.arrays.NamedArray;
import org.jetfold.tables.arrays.RowLayout;
import org.jetfold.tables.arrays.RowReader;
import org.jetfold.tables.events.LeftOut;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.numpy.NpzArchive.Member;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of numbers in an NPZ file, with the names that their columns have.
 *
 * <p>The table is an array of plain numbers in several dimensions: of floats before others, then
 * one called {@code jets}, then one whose width is the length of {@code columns}, then the first.
 * {@code columns} (text) names its columns, otherwise they are {@code c0}, {@code c1}, …; {@code
 * is_int} marks those that hold integers. Without such an array, {@code columns} and {@code is_int}
 * together may mark columns that are arrays of their own.
 */
final class NpzArrays {
  static final String COLUMNS = "columns";
  static final String IS_INT = "is_int";
  static final String JETS = "jets";

  private final NpzArchive archive;
  private final String name;
  private final @Nullable Member texts;
  private final @Nullable Member marks;
  private final @Nullable Member table;
  private final Set<Member> used = new HashSet<>();

  private NpzArrays(NpzArchive archive, String name) {
    this.archive = archive;
    this.name = name;
    texts = named(COLUMNS, 'U', 'S');
    marks = named(IS_INT, 'b');
    table =
        archive.members().stream()
            .filter(member -> isTable(member.header()))
            .min(
                Comparator.comparing((Member member) -> !isFloat(member.header()))
                    .thenComparing(member -> !member.name().equals(JETS))
                    .thenComparing(member -> !isNamed(member.header())))
            .orElse(null);
  }

  /** Opens a file's table. */
  static TableSource open(
      Path file, String name, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws IOException {
    LeftOut leftOut = new LeftOut(name);
    NpzArchive archive = NpzArchive.open(file, name, leftOut);
    try {
      List<NamedArray> arrays = new NpzArrays(archive, name).arrays(leftOut);
      return new ArraySource(name, archive, arrays, options, first, leftOut);
    } catch (IllFormedNameException e) {
      archive.close();
      throw new UnreadableTableException(name + ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  private @Nullable Member named(String wanted, Character... kinds) {
    return archive.members().stream()
        .filter(member -> member.name().equals(wanted) && member.header().shape().size() == 1)
        .filter(member -> {
          ElementType type = member.header().plain();
          return type != null && List.of(kinds).contains(type.kind());
        })
        .findFirst()
        .orElse(null);
  }

  private static boolean isTable(NpyHeader header) {
    return header.plain() != null && !header.numbers().isEmpty() && header.shape().size() == 2;
  }

  private static boolean isFloat(NpyHeader header) {
    return header.plain() != null && header.plain().kind() == 'f';
  }

  private boolean isNamed(NpyHeader header) {
    return texts != null && header.shape().get(1) == texts.header().rows();
  }

  private List<NamedArray> arrays(LeftOut leftOut) throws IOException {
    RowLayout named = table == null ? null : layoutOfTable(table);
    Set<String> integral = named == null ? integralArrays() : integral(named.names());
    List<NamedArray> arrays = new ArrayList<>();
    for (Member member : archive.members()) {
      NpyHeader header = member.header();
      String problem = header.problem();
      if (used.contains(member)) {
        continue;
      }
      if (!problem.isEmpty()) {
        leftOut.add("array", member.name(), problem);
        continue;
      }
      header
          .others()
          .forEach((field, what) ->
              leftOut.add("field", field, "it holds %s (array %s)".formatted(what, member.name())));
      boolean isTable = member.equals(table);
      RowLayout layout =
          named != null && isTable
              ? named
              : layout(archive.what(member.name()), header, member.name());
      arrays.add(
          new NamedArray(
              member.name(),
              columns(layout, isTable || named == null ? integral : Set.of()),
              header.rows(),
              header.kind(),
              null,
              numbers -> archive.rows(member, layout.of(numbers))));
    }
    return arrays;
  }

  /**
   * The columns of an array.
   *
   * @param integral the names of float columns that hold integers
   */
  static List<Column> columns(RowLayout layout, Set<String> integral) {
    return layout.slots().stream()
        .map(slot -> {
          ValueType type = slot.element().type();
          boolean mark = type.isFloat() && integral.contains(slot.name());
          return new Column(slot.name(), type, "", mark, false);
        })
        .toList();
  }

  /**
   * The rows of an array.
   *
   * @param what the file, and the array in it, for messages
   * @param name what columns of plain numbers are called
   */
  private static RowLayout layout(String what, NpyHeader header, String name) {
    RowLayout layout;
    try {
      layout = header.layout(name);
    } catch (IllegalArgumentException e) {
      throw new UnreadableTableException("%s: it %s".formatted(what, e.getMessage()), e);
    }
    return checked(what, layout);
  }

  private static RowLayout checked(String what, RowLayout layout) {
    Set<String> names = new HashSet<>();
    for (String column : layout.names()) {
      if (column.isEmpty()) {
        throw new UnreadableTableException(
            what + ": one of its columns has an empty name: give it one");
      }
      if (!names.add(column)) {
        throw new UnreadableTableException(
            "%s: two columns are called %s: rename one".formatted(what, column));
      }
    }
    return layout;
  }

  /** The rows of an array without names: columns {@code c0}, {@code c1}, … */
  static RowLayout unnamed(String what, NpyHeader header) {
    if (header.plain() == null || header.shape().size() == 1) {
      return layout(what, header, "c0");
    }
    RowLayout layout = layout(what, header, "c");
    return layout.renamed(layout.names().stream().map(n -> n.replaceFirst("^c_", "c")).toList());
  }

  private RowLayout layoutOfTable(Member member) throws IOException {
    RowLayout layout = unnamed(archive.what(member.name()), member.header());
    ElementType type = texts == null ? null : texts.header().plain();
    if (texts == null || type == null) {
      return layout;
    }
    used.add(texts);
    if (texts.header().rows() != layout.slots().size()) {
      throw new UnreadableTableException(
          "%s: columns has %d names, but %s has %d columns"
              .formatted(name, texts.header().rows(), member.name(), layout.slots().size()));
    }
    return checked(archive.what(member.name()), layout.renamed(archive.texts(texts, type)));
  }

  /** Those of some columns that {@code is_int} marks, where the file has it. */
  private Set<String> integral(List<String> columns) throws IOException {
    if (marks == null) {
      return Set.of();
    }
    if (marks.header().rows() != columns.size()) {
      throw new UnreadableTableException(
          "%s: is_int has %d marks for %d columns"
              .formatted(name, marks.header().rows(), columns.size()));
    }
    used.add(marks);
    Set<String> integral = new HashSet<>();
    try (RowReader reader = archive.rows(marks, marks.header().layout(IS_INT))) {
      long[] values = ((ColumnValues.Integers) reader.read(columns.size()).getFirst()).values();
      for (int i = 0; i < values.length; i++) {
        if (values[i] != 0) {
          integral.add(columns.get(i));
        }
      }
    }
    return integral;
  }

  /**
   * Where each column is an array of its own, {@code columns} and {@code is_int} together say which
   * of them hold integers.
   */
  private Set<String> integralArrays() throws IOException {
    ElementType type = texts == null ? null : texts.header().plain();
    if (texts == null
        || type == null
        || marks == null
        || texts.header().rows() != marks.header().rows()) {
      return Set.of();
    }
    List<String> names = archive.texts(texts, type);
    Set<String> vectors = new HashSet<>();
    archive.members().stream()
        .filter(member -> member.header().kind() == NamedArray.Kind.VECTOR)
        .forEach(member -> vectors.add(member.name()));
    if (!vectors.containsAll(names)) {
      return Set.of();
    }
    used.add(texts);
    return integral(names);
  }
}
