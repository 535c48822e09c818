package org.jetfold.root.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jetfold.root.JaggedColumn;
import org.jetfold.root.Level;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootException;
import org.jetfold.root.RootFormatException;

/**
 * Where the values of one column go while they are read, and the offsets of its lists. Not
 * thread-safe.
 */
public final class ColumnSink {
  private final String file;
  private final String path;
  private final List<Level> levels;
  private final GrowingValues values;
  private final GrowingInts[] ends;

  /**
   * An empty sink.
   *
   * @param file the file's name, for messages
   * @param column a column that can be read
   * @param path the path under which readers find its values
   */
  public ColumnSink(String file, RootColumn column, String path) {
    this.file = file;
    this.path = path;
    levels = column.levels();
    values = new GrowingValues(Objects.requireNonNull(column.type()), file);
    ends = new GrowingInts[levels.size()];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = new GrowingInts();
      ends[i].add(0);
    }
  }

  /**
   * The path of the values below their branch: members, separated by dots; empty for the branch
   * itself.
   */
  public String path() {
    return path;
  }

  /** The values. */
  public GrowingValues values() {
    return values;
  }

  /**
   * Begins a list of {@code length} elements at a level.
   *
   * @throws RootFormatException where the column has no such level: the list is in an object of
   *     another version of its class than the column
   * @throws org.jetfold.root.UnsupportedRootException where there are too many elements
   */
  public void list(int level, int length) throws RootException {
    if (level >= ends.length) {
      throw new RootFormatException(
          file, 0, "objects of another version of its class, in which that member is a list");
    }
    long end = (long) ends[level].last() + length;
    if (end > GrowingValues.MAX_SIZE) {
      throw GrowingValues.tooMany(file);
    }
    ends[level].add((int) end);
  }

  /** The number of levels. */
  public int depth() {
    return ends.length;
  }

  /**
   * Whether every list has the values that its length promises: not so where an object lacked the
   * member.
   */
  public boolean isComplete(int entries) {
    long expected = entries;
    for (int level = 0; level < ends.length; level++) {
      if (levels.get(level).isList()) {
        if (ends[level].size() != expected + 1) {
          return false;
        }
        expected = ends[level].last();
      } else {
        expected *= levels.get(level).fixedSize();
        if (expected > GrowingValues.MAX_SIZE) {
          return false;
        }
      }
    }
    return values.size() == expected;
  }

  /** What was read. Levels of fixed size get their offsets here. */
  public JaggedColumn finish(long firstEntry, int entries) {
    List<int[]> offsets = new ArrayList<>();
    int lists = entries;
    for (int level = 0; level < ends.length; level++) {
      int[] array;
      if (levels.get(level).isList()) {
        array = ends[level].toArray();
      } else {
        array = new int[lists + 1];
        int size = levels.get(level).fixedSize();
        for (int i = 0; i <= lists; i++) {
          array[i] = i * size;
        }
      }
      offsets.add(array);
      lists = array[array.length - 1];
    }
    return new JaggedColumn(firstEntry, entries, values.finish(), offsets);
  }
}
