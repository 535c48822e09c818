package org.jetfold.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A file format that tables are read from and written to. */
public enum TableFormat {
  /** Named NumPy arrays in a zip: {@code np.savez}. */
  NPZ(".npz", false),
  /** One NumPy array: {@code np.save}. */
  NPY(".npy", true),
  /** Apache Parquet. */
  PARQUET(".parquet", false),
  /** Comma-separated values with a header line. */
  CSV(".csv", true),
  /** A tree or ntuple in a ROOT file; written as RNTuple. */
  ROOT(".root", false),
  /** HDF5. */
  HDF5(".h5", false);

  private final String ending;
  private final boolean pipes;

  TableFormat(String ending, boolean pipes) {
    this.ending = ending;
    this.pipes = pipes;
  }

  /** Another ending that files of some formats have. */
  private static final String LONG_HDF5 = ".hdf5";

  /** What file names of this format end with, such as {@code .npz}. */
  public String ending() {
    return ending;
  }

  /** The name to give to {@code --from} and {@code --to}, such as {@code npz}. */
  public String optionName() {
    return ending.substring(1);
  }

  /** True where the format can go through standard input and output. */
  public boolean pipes() {
    return pipes;
  }

  /**
   * The format with that name, in any case, as given to an option.
   *
   * @throws TableUsageException where no format has that name
   */
  public static TableFormat named(String name) {
    for (TableFormat format : values()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (format.optionName().equals(lower)
          || format.name().toLowerCase(Locale.ROOT).equals(lower)) {
        return format;
      }
    }
    throw new TableUsageException(
        "there is no format '" + name + "': choose one of " + optionNames());
  }

  /**
   * The format of a file.
   *
   * @param name a file name, or {@code -} for standard input or output
   * @param explicit the format that the user named, which beats the name's ending
   * @param option the option that names a format, for the message: {@code --from} or {@code --to}
   * @throws TableUsageException where neither says which format it is, or the format cannot go
   *     through a pipe
   */
  static TableFormat of(String name, @Nullable TableFormat explicit, String option) {
    boolean pipe = name.equals(TableFiles.STANDARD);
    TableFormat format = explicit != null ? explicit : ofEnding(name);
    if (format == null) {
      throw new TableUsageException(
          pipe
              ? "say with %s which format '-' has: %s".formatted(option, optionNames())
              : "%s: its ending names no format that Jetfold knows (%s): rename it, or say %s with one of %s"
                  .formatted(name, endings(), option, optionNames()));
    }
    if (pipe && !format.pipes) {
      throw new TableUsageException(
          "%s cannot go through a pipe, because its index is at the end: use a file, or %s csv or npy"
              .formatted(format, option));
    }
    return format;
  }

  private static @Nullable TableFormat ofEnding(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (TableFormat format : values()) {
      if (lower.endsWith(format.ending)) {
        return format;
      }
    }
    return lower.endsWith(LONG_HDF5) ? HDF5 : null;
  }

  private static String optionNames() {
    List<String> names = new ArrayList<>();
    for (TableFormat format : values()) {
      names.add(format.optionName());
    }
    return String.join(", ", names);
  }

  private static String endings() {
    List<String> names = new ArrayList<>();
    for (TableFormat format : values()) {
      names.add(format.ending);
    }
    return String.join(", ", names);
  }
}
