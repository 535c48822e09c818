package org.jetfold.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.TableFormat;
import org.jetfold.tables.TableName;
import org.jspecify.annotations.Nullable;

/** Chooses names of output files, and refuses those that would destroy something. */
final class FileNames {
  /** What the names of Jetfold's files end with. */
  static final String ENDING = ".jetf";

  private FileNames() {}

  /**
   * Where each of several inputs goes when it is compressed.
   *
   * @param output the file, the folder or {@code -} that the user named, or null
   * @return for each input its output, all different
   */
  static List<String> compressed(List<String> inputs, @Nullable String output) {
    boolean intoFolder = output != null && (inputs.size() > 1 || isFolder(output));
    if (intoFolder && output != null && !isFolder(output)) {
      throw CommandFailure.usage(
          "-o %s is no folder, and %d files cannot go into one: make the folder first"
              .formatted(output, inputs.size()));
    }
    List<String> outputs = new ArrayList<>();
    Map<String, String> taken = new HashMap<>();
    for (String input : inputs) {
      String chosen = output == null || intoFolder ? besideOrIn(output, input) : output;
      refuseSameFile(input, chosen);
      String other = taken.put(chosen, input);
      if (other != null) {
        throw CommandFailure.usage(
            "%s and %s would both become %s: compress one of them with a name of its own (-o)"
                .formatted(other, input, chosen));
      }
      outputs.add(chosen);
    }
    return outputs;
  }

  /** The input's name with the ending {@code .jetf}, in its own folder or in another. */
  private static String besideOrIn(@Nullable String folder, String input) {
    if (input.equals(TableFiles.STANDARD)) {
      throw nameNeeded();
    }
    String replaced = replacedEnding(TableName.parse(input, null).file(), ENDING);
    return folder == null ? replaced : path(folder).resolve(fileName(replaced)).toString();
  }

  private static CommandFailure nameNeeded() {
    return CommandFailure.usage(
        "name an output with -o for what comes from standard input (-o - for standard output)");
  }

  /** Where a {@code .jetf} file goes when it is decompressed and the user named no output. */
  static String decompressed(String input, @Nullable TableFormat to) {
    if (input.equals(TableFiles.STANDARD)) {
      throw nameNeeded();
    }
    return replacedEnding(input, to == null ? TableFormat.NPZ.ending() : to.ending());
  }

  /** Refuses an output that is the input under the same or another name. */
  static void refuseSameFile(String input, String output) {
    if (input.equals(TableFiles.STANDARD) || output.equals(TableFiles.STANDARD)) {
      return;
    }
    Path from = path(TableName.parse(input, null).file());
    Path to = path(output);
    try {
      if (Files.isRegularFile(from) && Files.exists(to) && Files.isSameFile(from, to)) {
        throw CommandFailure.usage(
            "%s: input and output are the same file: name another output with -o"
                .formatted(output));
      }
    } catch (IOException e) {
      throw Failures.about(output, e);
    }
  }

  private static boolean isFolder(String name) {
    return !name.equals(TableFiles.STANDARD) && Files.isDirectory(path(name));
  }

  private static String fileName(String name) {
    Path last = path(name).getFileName();
    return last == null ? name : last.toString();
  }

  /** The name with the ending of a known format replaced, or with the new ending behind it. */
  private static String replacedEnding(String name, String ending) {
    String lower = name.toLowerCase(Locale.ROOT);
    List<String> known = new ArrayList<>(List.of(ENDING));
    for (TableFormat format : TableFormat.values()) {
      known.add(format.ending());
    }
    for (String old : known) {
      if (lower.endsWith(old) && fileName(name).length() > old.length()) {
        return name.substring(0, name.length() - old.length()) + ending;
      }
    }
    return name + ending;
  }

  /** What messages call an input. */
  static String shown(String input) {
    return input.equals(TableFiles.STANDARD) ? "standard input" : input;
  }

  /** The path of a name that the user gave. */
  static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "'%s' is no file name: %s".formatted(name, e.getReason()), e);
    }
  }
}
