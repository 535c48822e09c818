package org.jetfold.cli.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.codec.Decompressor;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.TableFormats;
import org.jetfold.tables.TableName;
import org.jetfold.tables.format.FileFailures;
import org.jetfold.tables.format.TableFormat;
import org.jspecify.annotations.Nullable;

/** Chooses names of output files, and refuses those that would destroy something. */
public final class FileNames {
  /** What the names of Jetfold's files end with. */
  public static final String ENDING = ".jetf";

  /** What the names of models end with. */
  public static final String MODEL_ENDING = ".jetm";

  /** Enough bytes to know any of Jetfold's files by. */
  private static final int BEGINNING = 16;

  private FileNames() {}

  /**
   * What becomes one file.
   *
   * @param inputs the tables that it is made of, one behind the other
   * @param output its name, or {@code -}
   */
  public record Made(List<String> inputs, String output) {}

  /**
   * Refuses an output whose name says that it is a file of another kind.
   *
   * @param ending of the files that are written
   */
  public static void requireKind(String output, String ending) {
    String lower = output.toLowerCase(Locale.ROOT);
    List<String> others = new ArrayList<>(List.of(ENDING, MODEL_ENDING));
    TableFormats.all().forEach(format -> others.addAll(format.endings()));
    for (String other : others) {
      if (!other.equals(ending) && lower.endsWith(other)) {
        throw CommandFailure.usage(
            "-o %s: what is written is a %s file: name it %s"
                .formatted(
                    output,
                    ending,
                    output.substring(0, output.length() - other.length()) + ending));
      }
    }
  }

  /**
   * What several inputs become when they are compressed: one table in one file where the user named
   * a file, otherwise a file each.
   *
   * @param output the file, the folder or {@code -} that the user named, or null
   * @return files with different names
   */
  public static List<Made> compressed(List<String> inputs, @Nullable String output) {
    if (output == null || isFolder(output)) {
      return each(inputs, output, ENDING);
    }
    if (inputs.size() > 1 && !isFile(output)) {
      throw CommandFailure.usage(
          "-o %s: there is no such folder: end its name in / to make it, or name a file that ends in %s for one table of the %d inputs"
              .formatted(output, ENDING, inputs.size()));
    }
    if (Collections.frequency(inputs, TableFiles.STANDARD) > 1) {
      throw CommandFailure.usage("standard input (-) can be read only once");
    }
    inputs.forEach(input -> refuseSameFile(input, output));
    requireKind(output, ENDING);
    return List.of(new Made(inputs, output));
  }

  /**
   * What compressed files become: a file each, beside them or in the folder that the user named.
   *
   * @param output the file, the folder or {@code -} that the user named, or null
   * @param to the format that the user named, or null
   */
  public static List<Made> decompressed(
      List<String> inputs, @Nullable String output, @Nullable TableFormat to) {
    if (output == null || isFolder(output)) {
      return each(inputs, output, to == null ? ".npz" : to.ending());
    }
    if (inputs.size() > 1) {
      throw CommandFailure.usage(
          "-o %s: %d inputs need a folder: end its name in / to make it"
              .formatted(output, inputs.size()));
    }
    refuseSameFile(inputs.getFirst(), output);
    return List.of(new Made(inputs, output));
  }

  private static List<Made> each(List<String> inputs, @Nullable String folder, String ending) {
    List<Made> made = new ArrayList<>();
    Map<String, String> taken = new HashMap<>();
    for (String input : inputs) {
      String chosen = besideOrIn(folder, input, ending);
      refuseSameFile(input, chosen);
      String other = taken.put(chosen, input);
      if (other != null) {
        throw CommandFailure.usage(
            "%s and %s would both become %s: name another output for one of them with -o"
                .formatted(other, input, chosen));
      }
      made.add(new Made(List.of(input), chosen));
    }
    return made;
  }

  /** Whether a name that several inputs go to must be that of a file. */
  private static boolean isFile(String output) {
    return output.equals(TableFiles.STANDARD) || output.toLowerCase(Locale.ROOT).endsWith(ENDING);
  }

  /** The input's name with another ending, in its own folder or in another. */
  private static String besideOrIn(@Nullable String folder, String input, String ending) {
    if (input.equals(TableFiles.STANDARD)) {
      throw CommandFailure.usage(
          "name an output with -o for what comes from standard input (-o - for standard output)");
    }
    TableName table = TableName.parse(input, null);
    if (table.isGlob() && fitsFiles(table)) {
      throw CommandFailure.usage(
          "%s is one table of several files: name the file for it, as in -o all%s (without quotes it is a file each)"
              .formatted(input, ENDING));
    }
    String replaced = replacedEnding(table.file(), ending);
    return folder == null ? replaced : path(folder).resolve(fileName(replaced)).toString();
  }

  private static boolean fitsFiles(TableName glob) {
    try {
      return !glob.expanded().isEmpty();
    } catch (IOException e) {
      throw Failures.about(glob.file(), e);
    }
  }

  /**
   * Refuses outputs that are an input, a model that is read, or each other, under the same or
   * another name.
   *
   * @param outputs names, null for those that were not asked for
   */
  public static void refuseSameFiles(List<String> inputs, @Nullable String... outputs) {
    List<String> others = new ArrayList<>();
    for (String output : outputs) {
      if (output == null) {
        continue;
      }
      inputs.forEach(input -> refuseSameFile(input, output));
      for (String other : others) {
        if (isSame(path(other), path(output))) {
          throw CommandFailure.usage(
              "%s: two outputs are the same file: name another for one of them".formatted(output));
        }
      }
      others.add(output);
    }
  }

  private static boolean isSame(Path one, Path other) {
    try {
      if (Files.exists(one) && Files.exists(other)) {
        return Files.isSameFile(one, other);
      }
    } catch (IOException e) {
      throw Failures.about(other.toString(), e);
    }
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  /** Refuses an output that is the input under the same or another name. */
  public static void refuseSameFile(String input, String output) {
    if (input.equals(TableFiles.STANDARD) || output.equals(TableFiles.STANDARD)) {
      return;
    }
    Path from = path(TableName.parse(input, null).file());
    if (Files.isRegularFile(from) && isSame(from, path(output))) {
      throw CommandFailure.usage(
          "%s: input and output are the same file: name another output".formatted(output));
    }
  }

  /** Whether a name is that of a folder. One that ends in a slash is made where it is not there. */
  public static boolean isFolder(String name) {
    if (name.equals(TableFiles.STANDARD)) {
      return false;
    }
    Path folder = path(name);
    if (name.endsWith("/") && !Files.isDirectory(folder)) {
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "%s: the folder cannot be made: %s".formatted(name, FileFailures.reason(e)),
            e);
      }
    }
    return Files.isDirectory(folder);
  }

  private static String fileName(String name) {
    Path last = path(name).getFileName();
    return last == null ? name : last.toString();
  }

  /** The name with the ending of a known format replaced, or with the new ending behind it. */
  private static String replacedEnding(String name, String ending) {
    String lower = name.toLowerCase(Locale.ROOT);
    List<String> known = new ArrayList<>(List.of(ENDING));
    TableFormats.all().forEach(format -> known.addAll(format.endings()));
    for (String old : known) {
      if (lower.endsWith(old) && fileName(name).length() > old.length()) {
        return name.substring(0, name.length() - old.length()) + ending;
      }
    }
    return name + ending;
  }

  /** The first bytes of a file; none where it is not there or cannot be read. */
  public static byte[] beginning(String name) {
    Path file = path(name);
    if (!Files.isRegularFile(file)) {
      return new byte[0];
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(BEGINNING);
    } catch (IOException _) {
      // Whoever reads the file next says why.
      return new byte[0];
    }
  }

  /** Whether a file is a compressed one, by its ending or its first bytes. */
  public static boolean beginsCompressed(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(ENDING) || Decompressor.begins(beginning(name));
  }

  /** Whether a name means a compressed file: it is one, or means no table. */
  public static boolean isCompressed(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return beginsCompressed(name)
        || TableFormats.all().stream()
            .flatMap(format -> format.endings().stream())
            .noneMatch(ending -> lower.endsWith(ending) || lower.contains(ending + ":"));
  }

  /** What messages call several inputs. */
  public static String shown(List<String> inputs) {
    String first = shown(inputs.getFirst());
    return inputs.size() == 1 ? first : "%s and %d more".formatted(first, inputs.size() - 1);
  }

  /** What messages call an input. */
  public static String shown(String input) {
    return input.equals(TableFiles.STANDARD) ? "standard input" : input;
  }

  /** What messages call an output. */
  public static String shownOutput(String output) {
    return output.equals(TableFiles.STANDARD) ? "standard output" : output;
  }

  /** The path of a name that the user gave. */
  public static Path path(String name) {
    return TableFiles.path(name);
  }
}
