package org.jetfold.cli.compress;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.option.CompressionOptions;
import org.jetfold.cli.option.GuaranteeOptions;
import org.jetfold.cli.option.OverwriteOption;
import org.jetfold.cli.option.ReadingOptions;
import org.jetfold.cli.option.SelectionOptions;
import org.jetfold.cli.option.TrainingTime;
import org.jetfold.cli.option.UnitOption;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.TableFormats;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jetfold compress}. */
@Command(
    name = "compress",
    description =
        "Compresses tables. Without --precision or --model, every bit of every value is kept.",
    footerHeading = "%nPrecision rules%n",
    footer = {
      "  pattern=setting,pattern=setting,…   the first pattern that matches a column counts;",
      "                                      a setting alone is for all columns, as with *",
      "  patterns: a column's name, or a glob with * and ?; case matters",
      "  settings: exact       every bit is kept",
      "            bits:M      M mantissa bits are kept, as float truncation does",
      "            rel:E       |restored - original| <= E * |original|",
      "            abs:D       |restored - original| <= D, in the column's unit",
      "            abs:F*NAME  |restored - original| <= F * the same object's NAME",
      "            rel:E:dither, abs:D:dither   the same bounds, and no trace in histograms;",
      "                                  with :snap behind, restored values have few mantissa bits",
      "  jets      a preset: pt rel:0.004:dither, m rel:0.01:dither, angles abs:0.001:dither,"
          + " other",
      "            known jet variables bits:10, the rest exact; prints what it chose. Among rules:",
      "            jets,*=bits:10",
      "",
      "Examples",
      "  jetfold compress jets.npz",
      "  jetfold compress jets.npz --precision jets -o small.jetf",
      "  jetfold compress jets.npz --precision jets --guarantee mjj=rel:0.004,HT=rel:0.002",
      "  jetfold compress jets.npz --precision 'pt=rel:0.004,m=rel:0.01,*=bits:10'",
      "  jetfold compress run*.parquet --event-column event -o compressed/",
      "  jetfold compress run1.root:Events run2.root:Events --collection Jet -o jets.jetf",
      "  jetfold compress jets.npz --precision jets --learn",
      "  jetfold compress run1.jetf run2.jetf -o all.jetf      (merges them)",
      "  jetfold compress all.jetf --where 'pt > 500e3' -o hard.jetf",
      "  jetfold compress more.npz --model jets.jetm",
      "  jetfold compress nano.root --model jets.jetm --model muons.jetm",
      "  jetfold compress nano.root --collection Jet --with run,event,genWeight",
      "  jetfold compress daod.root:CollectionTree --collection 'AnalysisJetsAuxDyn.*' -o"
          + " jets.jetf",
      "  jetfold compress delphes.root:Delphes --columns Jet.PT,Jet.Eta -o jets.jetf",
      "  zcat jets.csv.gz | jetfold compress - --from csv -o - > jets.jetf",
    })
public final class CompressCommand implements Callable<Integer> {
  private final Streams streams;

  @Parameters(
      paramLabel = "IN",
      arity = "1..*",
      description =
          "Tables (${formats}), or compressed files; events.root:CollectionTree is a tree in a"
              + " file, 'run*.root', in quotes, one table of several files, - standard input.")
  List<String> inputs = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description =
          "The .jetf file, a folder for it, or - for standard output. By default the input's name"
              + " with the ending .jetf. Several inputs become one table in a FILE.jetf, and a file"
              + " each in a folder.")
  @Nullable String output;

  @Option(
      names = "--embed-model",
      description = "Put the models into the file; else the file names them, and needs them.")
  boolean embedded;

  @Option(
      names = "--learn",
      description =
          "Train a model on the table itself for --minutes, and store it in the file where that"
              + " makes it smaller.")
  boolean learn;

  @Option(
      names = "--order",
      paramLabel = "NAMES",
      split = ",",
      description =
          "With --learn: columns to code first, in this order; they can be decoded without the"
              + " others. As of 'jetfold train', which shows what an order costs.")
  List<String> order = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "From which the phases of dithered columns follow; a whole number. Default: 0, so that"
              + " the same table gives the same bytes; events of compressed files keep theirs.")
  @Nullable Long seed;

  @Mixin SelectionOptions selecting = new SelectionOptions();
  @Mixin OverwriteOption replacing = new OverwriteOption();
  @Mixin TrainingTime time = new TrainingTime();
  @Mixin UnitOption unit = new UnitOption();
  @Mixin CompressionOptions compression = new CompressionOptions();
  @Mixin GuaranteeOptions guarantees = new GuaranteeOptions();
  @Mixin ReadingOptions reading = new ReadingOptions();
  @Mixin WorkingOptions working = new WorkingOptions();

  public CompressCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    boolean compressed = areCompressed();
    List<String> models = compression.models();
    if (embedded && models.isEmpty()) {
      throw CommandFailure.usage("--embed-model requires --model");
    }
    if (learn && !models.isEmpty()) {
      throw CommandFailure.usage(
          "--learn trains a model, and --model names one: leave out one of them");
    }
    if (learn && inputs.contains(TableFiles.STANDARD)) {
      throw CommandFailure.usage(
          "--learn reads the table several times, which a pipe does not allow: name a file");
    }
    if ((time.minutes != null || !order.isEmpty()) && !learn) {
      throw CommandFailure.usage("--minutes and --order are for --learn");
    }
    FileCompression.Learning learning =
        learn ? new FileCompression.Learning(time.checked(), order) : null;
    compression.check(unit.value());
    guarantees.given();
    List<FileNames.Made> files = FileNames.compressed(inputs, output);
    for (String model : models) {
      for (FileNames.Made file : files) {
        FileNames.refuseSameFile(model, file.output());
      }
    }
    if (compressed) {
      CompressedFilesCompression again =
          new CompressedFilesCompression(
              streams,
              reading,
              selecting,
              working,
              new CompressedFilesCompression.Settings(
                  compression, seed, embedded, replacing.overwrite, learning));
      return Failures.each(
          files,
          streams,
          file -> {
            again.compress(file.inputs(), file.output());
            return ExitCode.OK;
          });
    }
    try (FileCompression compressing =
        new FileCompression(
            streams,
            reading,
            working,
            new FileCompression.Settings(
                compression,
                guarantees,
                seed == null ? 0 : seed,
                embedded,
                replacing.overwrite,
                learning))) {
      return Failures.each(
          files,
          streams,
          file -> {
            compressing.compress(file.inputs(), file.output());
            return ExitCode.OK;
          });
    }
  }

  /** Whether all inputs are compressed files; a mixture is refused. */
  private boolean areCompressed() {
    List<String> others = inputs.stream().filter(input -> !isCompressed(input)).toList();
    boolean compressed = others.isEmpty();
    if (!compressed && others.size() < inputs.size()) {
      throw CommandFailure.usage(
          "%s is not compressed, and others are: compress it first, then make one file of all"
              .formatted(FileNames.shown(others.getFirst())));
    }
    if (compressed && guarantees.given()) {
      throw CommandFailure.usage(
          "--guarantee is for original tables: what was restored from %s may have missed the bounds"
              .formatted(inputs.getFirst()));
    }
    if (!compressed && selecting.isGiven()) {
      throw CommandFailure.usage(
          "--events and --where choose from compressed files: compress %s first"
              .formatted(FileNames.shown(inputs.getFirst())));
    }
    return compressed;
  }

  private boolean isCompressed(String input) {
    return reading.from == null
        ? input.toLowerCase(Locale.ROOT).endsWith(FileNames.ENDING)
            || (!input.equals(TableFiles.STANDARD) && FileNames.beginsCompressed(input))
        : TableFormats.named(reading.from).equals(TableFormats.named("jetf"));
  }
}
