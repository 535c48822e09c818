package org.jetfold.tables.parquet;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Temporary files that DuckDB opens by name, so that they outlive this process where it is killed.
 * Their names say whose they are, and a later run removes those of processes that are gone.
 */
final class ProcessFiles {
  private static final Pattern NAME = Pattern.compile("\\.jetfold-([0-9]+)-([0-9]+)-[0-9]+\\.tmp");

  /** Process numbers mean something within it; 0 where the system does not tell. */
  private static final String NAMESPACE = namespace();

  private ProcessFiles() {}

  private static String namespace() {
    try {
      String digits =
          Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString().replaceAll("[^0-9]", "");
      return digits.isEmpty() ? "0" : digits;
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      return "0";
    }
  }

  private static String prefix() {
    return ".jetfold-%s-%d-".formatted(NAMESPACE, ProcessHandle.current().pid());
  }

  /** Makes an empty file in a folder. */
  static Path file(Path folder) throws IOException {
    sweep(folder);
    return Files.createTempFile(folder, prefix(), ".tmp");
  }

  /** Makes a folder for symbolic links in the folder for temporary files. */
  static Path folder() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir", "."));
    sweep(temporary);
    Path file = Files.createTempFile(temporary, prefix(), ".tmp");
    Files.delete(file);
    return Files.createDirectory(file);
  }

  /** Removes what processes that are gone have left in a folder. */
  static void sweep(Path folder) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, ".jetfold-*.tmp")) {
      for (Path entry : entries) {
        Matcher name = NAME.matcher(String.valueOf(entry.getFileName()));
        if (name.matches() && name.group(1).equals(NAMESPACE) && isGone(name.group(2))) {
          remove(entry);
        }
      }
    } catch (IOException e) {
      // Somebody else's, or somebody else was faster: it does no harm.
      return;
    }
  }

  private static boolean isGone(String process) {
    try {
      return ProcessHandle.of(Long.parseLong(process)).isEmpty();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Removes a file, or a folder with nothing but symbolic links in it. */
  static void remove(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> entries = Files.list(path)) {
        for (Path link : entries.filter(Files::isSymbolicLink).toList()) {
          Files.delete(link);
        }
      }
    }
    Files.deleteIfExists(path);
  }
}
