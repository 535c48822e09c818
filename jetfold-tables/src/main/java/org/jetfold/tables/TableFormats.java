package org.jetfold.tables;

import java.util.List;
import java.util.Locale;
import org.jetfold.tables.arrow.ArrowFormat;
import org.jetfold.tables.csv.CsvFormat;
import org.jetfold.tables.format.TableFormat;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.tables.format.TableUsageException.Subject;
import org.jetfold.tables.hdf5.Hdf5Format;
import org.jetfold.tables.jetf.JetfFormat;
import org.jetfold.tables.numpy.NpyFormat;
import org.jetfold.tables.numpy.NpzFormat;
import org.jetfold.tables.parquet.ParquetFormat;
import org.jetfold.tables.root.RootFormat;
import org.jspecify.annotations.Nullable;

/** The formats that tables can have in files, and how names and endings choose one. Thread-safe. */
public final class TableFormats {
  /** All formats. A new one is added here and nowhere else. */
  private static final List<TableFormat> FORMATS =
      List.of(
          new NpzFormat(),
          new NpyFormat(),
          new ParquetFormat(),
          new CsvFormat(),
          new RootFormat(),
          new Hdf5Format(),
          new ArrowFormat(),
          new JetfFormat());

  private TableFormats() {}

  /** All formats. */
  public static List<TableFormat> all() {
    return FORMATS;
  }

  /** The formats that tables can be written in. */
  public static List<TableFormat> written() {
    return FORMATS.stream().filter(TableFormat::isWritten).toList();
  }

  /**
   * The format with a name, in any case: {@code npz}, {@code h5}, {@code HDF5}.
   *
   * @throws TableUsageException where no format has that name
   */
  public static TableFormat named(String name) {
    return FORMATS.stream()
        .filter(format -> format.isCalled(name))
        .findFirst()
        .orElseThrow(() ->
            new TableUsageException(
                "there is no format '%s': choose one of %s".formatted(name, names())));
  }

  /** The names of all formats as users write them, in a list for a message. */
  private static String names() {
    return String.join(", ", FORMATS.stream().map(TableFormat::shortName).toList());
  }

  private static String endings(Subject subject) {
    List<TableFormat> formats = subject == Subject.SINK_FORMAT ? written() : FORMATS;
    return String.join(", ", formats.stream().map(TableFormat::ending).toList());
  }

  /**
   * The format of a file.
   *
   * @param name a file name, or {@code -}
   * @param explicit the format that the user named, which beats the name's ending
   */
  static TableFormat of(String name, @Nullable TableFormat explicit, Subject subject) {
    boolean pipe = name.equals(TableFiles.STANDARD);
    String lower = name.toLowerCase(Locale.ROOT);
    TableFormat format =
        explicit != null
            ? explicit
            : FORMATS.stream()
                .filter(known -> known.endings().stream().anyMatch(lower::endsWith))
                .findFirst()
                .orElseThrow(() ->
                    new TableUsageException(
                        subject,
                        pipe
                            ? "the format of '-' must be named: one of " + names()
                            : "%s: its ending names no format that Jetfold knows (%s): rename it, or name its format"
                                .formatted(name, endings(subject))));
    if (pipe && subject == Subject.SOURCE_FORMAT && !format.readsPipes()) {
      throw new TableUsageException(
          subject,
          "%s cannot be read from a pipe, because its index is at the end: use a file, or another format (%s)"
              .formatted(
                  format.name(),
                  String.join(
                      ", ",
                      FORMATS.stream()
                          .filter(TableFormat::readsPipes)
                          .map(TableFormat::name)
                          .toList())));
    }
    return format;
  }

  /**
   * The format that a file is written in.
   *
   * @param name a file name, or {@code -} for standard output
   * @param to the format; null to go by the name's ending
   * @throws TableUsageException where the format is unknown
   */
  public static TableFormat ofSink(String name, @Nullable TableFormat to) {
    return of(name, to, Subject.SINK_FORMAT);
  }
}
