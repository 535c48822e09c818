package org.jetfold.spark.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jetfold.codec.table.UnreadableTableException;

/** Finds the files that paths name: files, folders with all that is below, and globs of them. */
public final class InputFiles {
  private InputFiles() {}

  /** Whether Spark and Hadoop hide a file: what is not complete, or says something of others. */
  public static boolean isHidden(String name) {
    return name.startsWith("_") || name.startsWith(".");
  }

  /**
   * The files, each path's in the order of their names.
   *
   * @param wanted which names of files in folders count
   * @throws UnreadableTableException where a path names nothing
   */
  public static List<InputFile> find(
      List<String> paths, Configuration configuration, Predicate<String> wanted)
      throws IOException {
    List<InputFile> files = new ArrayList<>();
    for (String path : paths) {
      Path given = new Path(path);
      FileSystem system = given.getFileSystem(configuration);
      FileStatus[] matching = matching(system, given);
      if (matching.length == 0) {
        throw new UnreadableTableException(path + ": there is no such file or folder");
      }
      int before = files.size();
      for (FileStatus status : matching) {
        if (status.isDirectory()) {
          addBelow(system, status.getPath(), wanted, files);
        } else {
          files.add(new InputFile(status.getPath().toString(), status.getLen()));
        }
      }
      if (files.size() == before) {
        throw new UnreadableTableException(path + ": no file in this folder can be read here");
      }
    }
    return files;
  }

  private static FileStatus[] matching(FileSystem system, Path given) throws IOException {
    try {
      // A name that looks like a glob may be a name.
      return new FileStatus[] {system.getFileStatus(given)};
    } catch (FileNotFoundException ignored) {
      FileStatus[] found = system.globStatus(given);
      return found == null ? new FileStatus[0] : sorted(found);
    }
  }

  private static void addBelow(
      FileSystem system, Path folder, Predicate<String> wanted, List<InputFile> files)
      throws IOException {
    for (FileStatus status : sorted(system.listStatus(folder))) {
      String name = status.getPath().getName();
      if (isHidden(name)) {
        continue;
      }
      if (status.isDirectory()) {
        addBelow(system, status.getPath(), wanted, files);
      } else if (wanted.test(name)) {
        files.add(new InputFile(status.getPath().toString(), status.getLen()));
      }
    }
  }

  private static FileStatus[] sorted(FileStatus[] found) {
    FileStatus[] sorted = found.clone();
    Arrays.sort(sorted, Comparator.comparing(status -> status.getPath().toString()));
    return sorted;
  }
}
