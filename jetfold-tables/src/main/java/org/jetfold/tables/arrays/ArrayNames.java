package org.jetfold.tables.arrays;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.BiFunction;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.tables.rows.FreeName;

/**
 * Names for arrays that a format can hold and that no two arrays have. A name that must be changed
 * is said in a warning.
 */
public final class ArrayNames {
  /** Formats keep the length of a name, which may get an ending, in 16 bits. */
  public static final int MAX_BYTES = 65_000;

  private static final int SHOWN = 40;

  private final String file;
  private final String format;
  private final String forbidden;
  private final SinkOptions options;

  /**
   * The names of a file.
   *
   * @param file the file's name, for messages
   * @param format the format's name, for messages
   * @param forbidden the characters that no name in the format has
   * @param options told of names that are changed
   */
  public ArrayNames(String file, String format, String forbidden, SinkOptions options) {
    this.file = file;
    this.format = format;
    this.forbidden = forbidden;
    this.options = options;
  }

  /** The file's name, for messages. */
  String file() {
    return file;
  }

  /** The format's name, for messages. */
  String format() {
    return format;
  }

  /**
   * The name of a column's array.
   *
   * @param column the column's own name
   * @param wanted the name that it should have, which may tell the collection
   * @param taken the names that are taken; gets this one
   * @throws TableUsageException where the name is too long
   */
  public String of(String column, String wanted, Set<String> taken) {
    return of(column, wanted, taken, FreeName::of);
  }

  /** The same with a rule for names that are taken. */
  public String of(
      String column,
      String wanted,
      Set<String> taken,
      BiFunction<String, Set<String>, String> free) {
    if (wanted.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new TableUsageException(
          "%s: the name of column %s… is longer than %d bytes, which %s does not hold: choose another format"
              .formatted(
                  file,
                  column.substring(0, column.offsetByCodePoints(0, SHOWN)),
                  MAX_BYTES,
                  format));
    }
    String legal = legal(wanted);
    String name = free.apply(legal, taken);
    if (!name.equals(column)) {
      options.warn(
          "%s: %s is called %s, because %s"
              .formatted(
                  file,
                  column,
                  name,
                  name.equals(legal) && !legal.equals(wanted)
                      ? format + " has no such names"
                      : "another array has its name"));
    }
    return name;
  }

  /** The name with an underscore for each character that the format does not have in names. */
  public String legal(String name) {
    StringBuilder legal = new StringBuilder(name);
    for (int i = 0; i < legal.length(); i++) {
      if (forbidden.indexOf(legal.charAt(i)) >= 0) {
        legal.setCharAt(i, '_');
      }
    }
    // Where names are paths, a point is the folder itself.
    return forbidden.indexOf('/') >= 0 && name.equals(".") ? "_" : legal.toString();
  }
}
