package org.jetfold.cli.compress;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.file.CompressedInput;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.file.SelectedSource;
import org.jetfold.cli.option.ModelOptions;
import org.jetfold.cli.option.OverwriteOption;
import org.jetfold.cli.option.Progress;
import org.jetfold.cli.option.ReadingOptions;
import org.jetfold.cli.option.SelectionOptions;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.codec.selection.Selection;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.study.file.TableShape;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.TableFormats;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.TableFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jetfold decompress}. */
@Command(
    name = "decompress",
    description =
        "Restores a table, or some of its columns. A table that is not compressed gets another"
            + " format.",
    footerHeading = "%nExamples%n",
    footer = {
      "  jetfold decompress jets.jetf                          (makes jets.npz)",
      "  jetfold decompress jets.jetf -o jets.parquet --columns pt,eta",
      "  jetfold decompress jets.jetf -o jets.root             (an RNTuple)",
      "  jetfold decompress jets.h5 -o jets.parquet            (another format)",
      "  jetfold decompress jets.jetf -o hard.npz --where 'pt > 50e3' --events 0:10000",
      "  jetfold decompress run*.jetf -o tables/ --to parquet",
      "  jetfold decompress jets.jetf -o - --to csv | head",
      "  jetfold decompress jets.jetf -o - --to parquet | aws s3 cp - s3://bucket/jets.parquet",
      "  jetfold decompress jets.jetf -o - --to arrow | python3 read_stream.py",
      "  jetfold decompress damaged.jetf --recover -o rest.npz (exit code 1 where something is"
          + " lost)",
    })
public final class DecompressCommand implements Callable<Integer> {
  private final Streams streams;

  @Parameters(
      paramLabel = "IN",
      arity = "1..*",
      description = "Compressed files, or tables (${formats}); - is standard input.")
  List<String> inputs = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description =
          "The table's file, a folder, or - for standard output. A folder whose name ends in / is"
              + " made. By default the input's name with the ending .npz.")
  @Nullable String output;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      description =
          "The output's format: ${written-formats}. By default its name's ending says it; in a"
              + " folder, npz.")
  @Nullable String to;

  @Option(
      names = "--columns",
      paramLabel = "NAMES",
      split = ",",
      description = "Only these columns, in the file's order; names, or globs with * and ?.")
  List<String> columns = new ArrayList<>();

  @Option(
      names = "--shortest",
      description =
          "To CSV: print the fewest digits that are within the precision of the original, for"
              + " certain.")
  boolean shortest;

  @Option(
      names = "--matrix",
      description =
          "To NPZ: one 2-D array of all columns, which must be float32, and their names in"
              + " columns.")
  boolean matrix;

  @Option(
      names = "--deflate",
      description = "To NPZ: deflate the arrays, which takes several times as long.")
  boolean deflate;

  @Option(
      names = "--recover",
      description = "Restore the undamaged blocks of a damaged file, and say what is lost.")
  boolean recover;

  @Mixin SelectionOptions selecting = new SelectionOptions();
  @Mixin OverwriteOption replacing = new OverwriteOption();
  @Mixin ModelOptions needed = new ModelOptions();
  @Mixin WorkingOptions working = new WorkingOptions();

  public DecompressCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    TableFormat format = to == null ? null : TableFormats.named(to);
    if (recover && selecting.isGiven()) {
      throw CommandFailure.usage(
          "--recover restores all that is undamaged: choose events of that file afterwards");
    }
    Selection selection = selecting.selection();
    List<FileNames.Made> files = FileNames.decompressed(inputs, output, format);
    requireFormat(shortest, "--shortest", "csv", files, format);
    requireFormat(matrix, "--matrix", "npz", files, format);
    requireFormat(deflate, "--deflate", "npz", files, format);
    files.forEach(file -> FileNames.refuseSameFiles(needed.models, file.output()));
    return Failures.each(
        files,
        streams,
        file -> restore(file.inputs().getFirst(), file.output(), format, selection));
  }

  private int restore(
      String input, String target, @Nullable TableFormat format, Selection selection)
      throws IOException {
    return FileNames.isCompressed(input)
        ? decompress(input, target, format, selection)
        : convert(input, target, format, selection);
  }

  private static void requireFormat(
      boolean given,
      String option,
      String name,
      List<FileNames.Made> files,
      @Nullable TableFormat format) {
    TableFormat needed = TableFormats.named(name);
    if (given
        && !files.stream()
            .allMatch(file -> TableFormats.ofSink(file.output(), format).equals(needed))) {
      throw CommandFailure.usage(
          "%s is for %s: name a %s file, or --to %s"
              .formatted(option, needed.name(), needed.ending(), name));
    }
  }

  private int decompress(
      String input, String target, @Nullable TableFormat format, Selection selection)
      throws IOException {
    try (CompressedInput in =
        CompressedInput.open(input, working.threads(), needed.models, streams)) {
      Projection projection = ColumnSelection.of(columns).resolve(in.name(), in.schema());
      selecting.check(in.name(), in.schema());
      CompressedInput.Recovery recovery = recover ? in.recover(projection) : null;
      try (TableSource source =
          recovery == null ? in.read(projection, selection) : recovery.table()) {
        ShortestTables printed = shortest ? new ShortestTables(in.header(), projection) : null;
        long total = source.rootEntries().orElse(Progress.UNKNOWN);
        copy(
            source,
            printed,
            in.name(),
            total,
            target,
            format,
            LossNotes.of(in.header(), projection));
      }
      if (recovery == null) {
        return ExitCode.OK;
      }
      recovery.losses().forEach(loss -> streams.say(in.name() + ": " + loss));
      return recovery.losses().isEmpty() ? ExitCode.OK : ExitCode.DIFFERENT;
    }
  }

  /** What is no compressed file gets another format. */
  private int convert(
      String input, String target, @Nullable TableFormat format, Selection selection)
      throws IOException {
    if (recover || shortest) {
      throw CommandFailure.usage(
          "%s: is not compressed, and %s is for compressed files"
              .formatted(input, recover ? "--recover" : "--shortest"));
    }
    ReadingOptions reading = new ReadingOptions();
    reading.columns = columns;
    try (TableSource source = reading.open(input, working.threads(), streams)) {
      selecting.check(input, source.schema());
      TableSource chosen = selection.isAll() ? source : new SelectedSource(source, selection);
      copy(
          chosen,
          null,
          input,
          chosen.rootEntries().orElse(Progress.UNKNOWN),
          target,
          format,
          Map.of());
    }
    return ExitCode.OK;
  }

  private void copy(
      TableSource source,
      @Nullable ShortestTables printed,
      String name,
      long total,
      String target,
      @Nullable TableFormat format,
      Map<String, String> notes)
      throws IOException {
    SinkOptions options =
        new SinkOptions(replacing.overwrite, streams::warn)
            .withArrays(matrix, deflate)
            .withNotes(notes);
    TableShape.Counter counter = new TableShape.Counter(source.schema());
    String entries = source.schema().hasEvents() ? "event" : "row";
    try (TableSink sink =
            TableFiles.create(target, format, source.schema(), options, streams.data());
        Progress progress = Progress.start(streams, working, name, total, entries)) {
      source.forEachPiece(piece -> {
        sink.write(printed == null ? piece : printed.of(piece));
        counter.add(piece);
        progress.accept(counter.rootEntries());
      });
      sink.finish();
    }
    working.say(
        streams,
        FileNames.shownOutput(target)
            + ": "
            + counter.shape().describe()
            + (TableFormats.ofSink(target, format).checked()
                ? ""
                : "; it has no checksums, so damage to it cannot be seen"));
  }
}
