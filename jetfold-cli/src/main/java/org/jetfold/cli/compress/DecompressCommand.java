package org.jetfold.cli.compress;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.file.CompressedInput;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.file.TableShape;
import org.jetfold.cli.option.ModelOptions;
import org.jetfold.cli.option.Progress;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.TableFiles;
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
    description = "Restores a table, or some of its columns.",
    footerHeading = "%nExamples%n",
    footer = {
      "  jetfold decompress jets.jetf                          (makes jets.npz)",
      "  jetfold decompress jets.jetf -o jets.parquet --columns pt,eta",
      "  jetfold decompress jets.jetf -o jets.root             (an RNTuple)",
      "  jetfold decompress jets.jetf -o - --to csv | head",
      "  jetfold decompress damaged.jetf --recover -o rest.npz (exit code 1 where something is"
          + " lost)",
    })
public final class DecompressCommand implements Callable<Integer> {
  private static final int ROWS_A_PIECE = 1 << 15;

  private final Streams streams;

  @Parameters(paramLabel = "IN.jetf", description = "The compressed file; - is standard input.")
  String input = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description =
          "The table's file, or - for standard output (CSV and NPY). By default the input's name"
              + " with the ending .npz.")
  @Nullable String output;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      description =
          "The output's format: npz, npy, parquet, csv, root or h5. By default its name's ending"
              + " says it.")
  @Nullable String to;

  @Option(
      names = "--columns",
      paramLabel = "NAMES",
      split = ",",
      description = "Only these columns, in the file's order; names, or globs with * and ?.")
  List<String> columns = new ArrayList<>();

  @Option(
      names = "--recover",
      description = "Restore the undamaged blocks of a damaged file, and say what is lost.")
  boolean recover;

  @Option(
      names = {"-f", "--force"},
      description = "Replace a file that exists.")
  boolean overwrite;

  @Mixin ModelOptions needed = new ModelOptions();
  @Mixin WorkingOptions working = new WorkingOptions();

  public DecompressCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    TableFormat format = to == null ? null : TableFiles.format(to);
    String target = output == null ? FileNames.decompressed(input, format) : output;
    List<String> read = new ArrayList<>(needed.models);
    read.add(input);
    FileNames.refuseSameFiles(read, target);
    try (CompressedInput in =
        CompressedInput.open(input, working.threads(), needed.models, streams)) {
      Projection projection = ColumnSelection.of(columns).resolve(in.name(), in.schema());
      SinkOptions options = new SinkOptions(overwrite, line -> streams.say("warning: " + line));
      if (recover) {
        CompressedInput.Recovery recovery = in.recover(projection);
        try (TableSource source = recovery.table();
            TableSink sink =
                TableFiles.create(target, format, source.schema(), options, streams.data())) {
          copy(source, sink, in, target, -1);
        }
        recovery.losses().forEach(loss -> streams.say(in.name() + ": " + loss));
        return recovery.losses().isEmpty() ? ExitCode.OK : ExitCode.DIFFERENT;
      }
      long total = in.footer().totals().getFirst();
      try (TableSource source = in.read(projection);
          TableSink sink =
              TableFiles.create(target, format, source.schema(), options, streams.data())) {
        copy(source, sink, in, target, total);
      }
      return ExitCode.OK;
    }
  }

  private void copy(
      TableSource source, TableSink sink, CompressedInput in, String target, long total)
      throws IOException {
    String unit = in.schema().hasEvents() ? "event" : "row";
    long[] entries = new long[source.schema().groups().size()];
    try (Progress progress = Progress.start(streams, working, in.name(), total, unit)) {
      long done = 0;
      Table piece = source.next(ROWS_A_PIECE);
      while (piece != null) {
        sink.write(piece);
        for (int group = 0; group < entries.length; group++) {
          entries[group] += piece.entries(group);
        }
        done += piece.rootEntries();
        progress.accept(done);
        piece = source.next(ROWS_A_PIECE);
      }
      sink.finish();
    }
    if (!working.quiet) {
      TableShape shape = new TableShape(source.schema(), Arrays.stream(entries).boxed().toList());
      streams.say(
          "%s: %s"
              .formatted(
                  target.equals(TableFiles.STANDARD) ? "standard output" : target,
                  shape.describe()));
    }
  }
}
