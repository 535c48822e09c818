package org.jetfold.cli.inspect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.JsonOutput;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.file.CompressedInput;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.file.ModelFiles;
import org.jetfold.cli.option.ModelOptions;
import org.jetfold.cli.option.ReadingOptions;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.TableFormats;
import org.jetfold.tables.TableName;
import org.jetfold.tables.format.TableFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code list} and {@code inspect} have in common: files that are described one by one. */
final class FileDescriptions {
  private static final byte[] ROOT_BEGINNING = {'r', 'o', 'o', 't'};

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Compressed files, models and tables (${formats}); events.root:TREE is one tree of a ROOT"
              + " file.")
  List<String> inputs = new ArrayList<>();

  @Option(
      names = "--json",
      description =
          "Write JSON for programs, an object for each file; docs/cli.md lists the fields.")
  boolean json;

  @Mixin ModelOptions needed = new ModelOptions();
  @Mixin ReadingOptions reading = new ReadingOptions();

  /**
   * Prints all files.
   *
   * @param readAll whether tables are read to their ends
   * @return the exit code
   */
  int print(Streams streams, boolean readAll) throws IOException {
    boolean[] isLater = new boolean[1];
    return Failures.each(
        inputs,
        streams,
        input -> {
          FileDescription description = describe(input, readAll, streams);
          if (json) {
            JsonOutput.write(streams, description::write);
          } else {
            streams.print((isLater[0] ? "\n" : "") + String.join("\n", description.lines()));
          }
          isLater[0] = true;
          return description.isDamaged() ? ExitCode.FAILED : ExitCode.OK;
        });
  }

  private FileDescription describe(String input, boolean readAll, Streams streams)
      throws IOException {
    if (ModelFiles.isModel(input)) {
      LearnedModel model = ModelFiles.read(input);
      return model instanceof Autoencoder autoencoder
          ? new AutoencoderFileDescription(input, autoencoder)
          : new DensityFileDescription(input, (DensityModel) model);
    }
    TableName root = rootFile(input);
    if (root == null && reading.from == null && FileNames.isCompressed(input)) {
      try (CompressedInput in = CompressedInput.open(input, 1, needed.models, streams)) {
        return new CompressedFileDescription(
            in.report(), in.spikeShares().orElse(null), in.decodedBefore(), in.modelFiles());
      }
    }
    try {
      if (root != null) {
        return new RootFileDescription(root, readAll);
      }
      try (TableSource source = reading.open(input, 1, streams)) {
        return new TableDescription(FileNames.shown(input), source, readAll);
      }
    } catch (IOException | JetfoldException e) {
      throw Failures.about(FileNames.shown(input), e);
    }
  }

  /** The ROOT file, and the tree in it, that a name means; null where it means none. */
  private @Nullable TableName rootFile(String input) {
    TableFormat root = TableFormats.named("root");
    TableFormat given = reading.from == null ? null : TableFormats.named(reading.from);
    for (TableName name : List.of(TableName.parse(input, given), TableName.parse(input, root))) {
      byte[] beginning = FileNames.beginning(name.file());
      if (Arrays.mismatch(beginning, ROOT_BEGINNING) == ROOT_BEGINNING.length) {
        return name;
      }
    }
    return root.equals(given) || input.toLowerCase(Locale.ROOT).endsWith(root.ending())
        ? TableName.parse(input, root)
        : null;
  }
}
