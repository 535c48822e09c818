package org.jetfold.cli.option;

import java.io.IOException;
import java.io.OutputStream;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.file.OutputFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether files that exist are replaced. */
public final class OverwriteOption {
  @Option(
      names = {"-f", "--force"},
      description = "Replace files that exist.")
  public boolean overwrite;

  /** Starts to write a file; null where its name is. */
  public @Nullable OutputFile create(@Nullable String name, Streams streams) {
    return name == null ? null : OutputFile.create(name, overwrite, streams);
  }

  /** Writes a file's bytes. */
  @FunctionalInterface
  public interface Content {
    void write(OutputStream out) throws IOException;
  }

  /** Writes a file, unless it is null, and says so. */
  public static void write(
      @Nullable OutputFile file, Content content, QuietOption working, Streams streams)
      throws IOException {
    write(file, content);
    if (file != null) {
      working.say(streams, file.written());
    }
  }

  /** Writes a file, unless it is null. */
  public static void write(@Nullable OutputFile file, Content content) throws IOException {
    if (file != null) {
      content.write(file.stream());
      file.commit();
    }
  }
}
