package org.jetfold.dist;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jetfold.cli.Jetfold;
import org.jetfold.cli.console.Streams;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes a page of the manual for each command, in AsciiDoc, and the completion of shells. */
final class CommandPages {
  private static final Streams NOWHERE =
      new Streams(
          new ByteArrayInputStream(new byte[0]),
          OutputStream.nullOutputStream(),
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
          false,
          false);

  private static final int MAX_WIDTH = 10_000;

  private CommandPages() {}

  /**
   * Writes them.
   *
   * @param arguments the folder for the pages, and the file for the completion
   */
  public static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT);
    write(Path.of(arguments[0]), Path.of(arguments[1]));
  }

  static void write(Path pages, Path completion) throws IOException {
    // A reader of the manual breaks lines as the terminal wants them.
    CommandLine jetfold = Jetfold.commandLine(NOWHERE).setUsageHelpWidth(MAX_WIDTH);
    Files.createDirectories(pages);
    writePages(jetfold, pages);
    Files.createDirectories(completion.toAbsolutePath().getParent());
    Files.writeString(completion, AutoComplete.bash(jetfold.getCommandName(), jetfold));
  }

  private static void writePages(CommandLine command, Path folder) throws IOException {
    Path page = folder.resolve(command.getCommandSpec().qualifiedName("-") + ".adoc");
    try (PrintWriter writer =
        new PrintWriter(Files.newBufferedWriter(page, StandardCharsets.UTF_8))) {
      ManPageGenerator.writeSingleManPage(writer, command.getCommandSpec());
    }
    // 'jetfold help COMMAND' shows what 'jetfold COMMAND --help' does.
    for (CommandLine subcommand : command.getSubcommands().values()) {
      if (!subcommand.getCommandName().equals("help")) {
        writePages(subcommand, folder);
      }
    }
  }
}
