package org.jetfold.cli.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.option.CompressionOptions;
import org.jetfold.cli.option.Progress;
import org.jetfold.cli.option.SeedOption;
import org.jetfold.cli.option.UnitOption;
import org.jetfold.codec.Compression;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.table.Doubles;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.StudyException;
import org.jetfold.study.binning.Bins;
import org.jetfold.study.bumphunt.Background;
import org.jetfold.study.bumphunt.BinnedSpectrum;
import org.jetfold.study.bumphunt.BumpComparison;
import org.jetfold.study.bumphunt.BumpHunt;
import org.jetfold.study.bumphunt.BumpHuntInput;
import org.jetfold.study.bumphunt.BumpScan;
import org.jetfold.study.bumphunt.DijetFit;
import org.jetfold.study.bumphunt.EventWeight;
import org.jetfold.study.bumphunt.Observable;
import org.jetfold.study.bumphunt.SignalEvents;
import org.jetfold.study.bumphunt.WeightedTable;
import org.jetfold.study.report.BumpHuntReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jetfold study bump-hunt}. */
@Command(
    name = "bump-hunt",
    description =
        "Looks for a bump in the dijet mass spectrum, before and after compression, with events of"
            + " a signal mixed in: is a bump lost, made or moved?",
    footerHeading = "%nExamples%n",
    footer = {
      "  jetfold study bump-hunt qcd.npz --signal zprime550.npz:50,100,200 --precision jets",
      "  jetfold study bump-hunt qcd.npz --model jets.jetm --report bumps.html",
      "  jetfold study bump-hunt run.root:data --column data --expected mc.root:bkg --range 0:20",
      "  jetfold study bump-hunt published.csv --binned",
      "",
      "The dijet function is fitted to the spectrum, and fitted again in every pseudo-experiment,",
      "unless --expected names a table whose events are the background. docs/bump-hunt.md tells"
          + " more.",
    })
final class BumpHuntCommand implements Callable<Integer> {
  /** From where on jets of 185 GeV and more, as the usual trigger has them, are all there. */
  private static final double[] USUAL_RANGE = {440, 1400};

  private final Streams streams;

  @Parameters(paramLabel = "BACKGROUND", description = "The table in which a bump is looked for.")
  String input = "";

  @Option(
      names = "--signal",
      paramLabel = "TABLE:N,…",
      description =
          "Mix in N events of this table that pass the selection, before compression; several"
              + " numbers, several hunts.")
  @Nullable String signal;

  @Option(
      names = "--expected",
      paramLabel = "TABLE",
      description = "Take the events of this table as the background, instead of a fit.")
  @Nullable String expected;

  @Option(
      names = "--parameters",
      paramLabel = "N",
      description = "Parameters of the dijet function, 4 or 5. Default: 4.")
  int parameters = 4;

  @Option(
      names = "--energy",
      paramLabel = "GEV",
      description = "The collision energy, for the fit. Default: 13000.")
  double energy = 13_000;

  @Option(
      names = "--range",
      paramLabel = "LOW:HIGH",
      description =
          "The range of the spectrum. Default: 440:1400 GeV; with --column, where values are.")
  @Nullable String range;

  @Option(names = "--bins", paramLabel = "N", description = "Number of bins. Default: 60.")
  int bins = 60;

  @Option(
      names = "--edges",
      paramLabel = "E,E,…",
      split = ",",
      description = "Bins of any widths between these edges, in place of --range and --bins.")
  List<Double> edges = new ArrayList<>();

  @Option(
      names = "--binned",
      description =
          "BACKGROUND is a spectrum, as published: a row for each bin with low, high and events,"
              + " perhaps error, and expected, which is the background then.")
  boolean binned;

  @Option(
      names = "--widths",
      paramLabel = "MIN:MAX",
      description = "Widths of a bump, in bins. Default: 2:6.")
  String widths = "2:6";

  @Option(
      names = "--experiments",
      paramLabel = "N",
      description = "Number of pseudo-experiments. Default: 10000.")
  int experiments = 10_000;

  @Mixin ObservableOptions observables = new ObservableOptions();
  @Mixin UnitOption unit = new UnitOption();
  @Mixin CompressionOptions compression = new CompressionOptions();
  @Mixin SeedOption random = new SeedOption();
  @Mixin StudyOptions study = new StudyOptions();

  BumpHuntCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    SignalRequest request = SignalRequest.parse(signal);
    study.output.check(files(request), streams);
    compression.check(unit.value());
    checkBins();
    int threads = study.working.threads();
    BumpScan scan = scan();
    if (experiments < 1) {
      throw CommandFailure.usage("--experiments must be 1 or more, was %d".formatted(experiments));
    }
    if (parameters != 4 && parameters != 5) {
      throw CommandFailure.usage("--parameters must be 4 or 5, was %d".formatted(parameters));
    }
    if (binned) {
      return huntInSpectrum(scan);
    }
    BumpHuntInput.Reader reader =
        new BumpHuntInput.Reader(
            schema -> observables.of(schema, unit.value()),
            compression::plan,
            observables.weight,
            observables.resample,
            random.seed);
    try {
      BumpHuntInput background = read(input, reader::background);
      Observable observable = background.observable();
      Bins spectrum = bins(observable, background.table());
      Background known = background(spectrum, observable);
      SignalEvents events =
          signal == null
              ? null
              : new SignalEvents(
                  read(request.table(), source -> reader.signal(source, background)).table(),
                  observable,
                  spectrum,
                  random.seed);
      BumpComparison comparison =
          new BumpComparison(
              observable, spectrum, new BumpHunt(scan, known, experiments, random.seed), threads);
      List<BumpHuntReport.Row> rows = hunts(request, background, events, comparison);
      DijetFit fit = known instanceof DijetFit dijets ? dijets : null;
      study.output.write(
          BumpHuntReport.of(
              new BumpHuntReport.Subject(
                  input, observable.label(), compression.label(), spectrum, fit),
              rows),
          streams);
      return ExitCode.OK;
    } catch (StudyException | ModelException e) {
      throw new CommandFailure(ExitCode.USAGE, input + ": " + e.getMessage(), e);
    }
  }

  private List<BumpHuntReport.Row> hunts(
      SignalRequest request,
      BumpHuntInput background,
      @Nullable SignalEvents events,
      BumpComparison comparison)
      throws IOException, StudyException {
    Compression plan =
        Compression.of(
                background.table().schema(), background.precisions(), compression.modelUses())
            .withSeed(random.seed);
    List<BumpHuntReport.Row> rows = new ArrayList<>();
    long each = (compression.isAsked() ? 2L : 1L) * experiments;
    long all = each * request.strengths().size();
    try (Progress progress =
        Progress.start(streams, study.working, input, all, "pseudo-experiment")) {
      for (int strength : request.strengths()) {
        WeightedTable mixed =
            events == null ? background.events() : events.mixedInto(background.events(), strength);
        long before = each * rows.size();
        LongConsumer done = count -> progress.accept(before + count);
        rows.add(
            new BumpHuntReport.Row(
                strength,
                compression.isAsked()
                    ? comparison.compressed(mixed, plan, done)
                    : comparison.uncompressed(mixed, done)));
      }
    }
    return rows;
  }

  private interface Reading {
    BumpHuntInput from(TableSource source) throws IOException, StudyException;
  }

  private BumpHuntInput read(String name, Reading reading) throws IOException {
    try (TableSource source = study.open(name, streams)) {
      BumpHuntInput found = reading.from(source);
      announce(name, found);
      return found;
    } catch (StudyException e) {
      throw new CommandFailure(ExitCode.USAGE, name + ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException | Error e) {
      throw Failures.about(name, e);
    }
  }

  /** Says what was found out about a table without being asked. */
  private void announce(String name, BumpHuntInput found) {
    EventWeight weight = found.weight();
    if (found.weights() != null && weight != null) {
      study.say(
          "%s: events are weighted with %s; --resample draws events of weight 1"
              .formatted(name, weight.name()),
          streams);
    }
    if (weight != null && !weight.others().isEmpty()) {
      study.say(
          "%s: the events' weight is %s, not %s (--weight)"
              .formatted(name, weight.name(), Quantities.names(weight.others())),
          streams);
    }
    int left = found.table().rootEntries();
    if (left < found.eventsRead()) {
      study.say(
          "%s: %s of %s are left with weight 1"
              .formatted(
                  name,
                  Quantities.count(left, "event"),
                  Quantities.count(found.eventsRead(), "event")),
          streams);
    }
    EnergyUnit estimated = found.estimatedUnit();
    if (estimated != null) {
      study.say(
          "%s: nothing says the unit of pT; by its size it is %s (--unit)"
              .formatted(name, estimated.symbol()),
          streams);
    }
  }

  /** Refuses options that the bins, or a spectrum without events, make meaningless. */
  private void checkBins() {
    if (!edges.isEmpty() && (range != null || binned)) {
      throw CommandFailure.usage("--edges are all bins: leave out --range and --binned");
    }
    if (binned
        && (signal != null
            || expected != null
            || compression.isAsked()
            || observables.column != null
            || observables.weight != null
            || observables.resample)) {
      throw CommandFailure.usage(
          "--binned has no events: only --range, --widths, --parameters, --energy, --experiments"
              + " and --seed go with it");
    }
  }

  /** Hunts in a spectrum that comes in bins. */
  private int huntInSpectrum(BumpScan scan) throws IOException {
    try (TableSource source = study.open(input, streams)) {
      BinnedSpectrum spectrum =
          BinnedSpectrum.of(
              source.readAll(), range == null ? null : Ranges.parse("--range", range));
      double[] given = spectrum.expected();
      DijetFit fit = null;
      Background known;
      if (given == null) {
        fit = new DijetFit(spectrum.bins(), parameters, energy);
        known = fit;
      } else {
        known = Background.known(given);
      }
      BumpHunt hunt = new BumpHunt(scan, known, experiments, random.seed);
      BumpComparison.Comparison found;
      try (Progress progress =
          Progress.start(streams, study.working, input, experiments, "pseudo-experiment")) {
        found =
            BumpComparison.uncompressed(spectrum.counts(), hunt, study.working.threads(), progress);
      }
      study.output.write(
          BumpHuntReport.of(
              new BumpHuntReport.Subject(input, spectrum.label(), null, spectrum.bins(), fit),
              List.of(new BumpHuntReport.Row(0, found))),
          streams);
      return ExitCode.OK;
    } catch (StudyException e) {
      throw new CommandFailure(ExitCode.USAGE, input + ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException | Error e) {
      throw Failures.about(input, e);
    }
  }

  private BumpScan scan() {
    Ranges.requireCount(bins);
    double[] ends = Ranges.parse("--widths", widths, "2:6");
    if (ends[0] < 1 || ends[0] % 1 != 0 || ends[1] % 1 != 0) {
      throw CommandFailure.usage(
          "--widths must be two whole numbers of bins, as in 2:6, was %s".formatted(widths));
    }
    if (ends[1] > bins && edges.isEmpty() && !binned) {
      throw CommandFailure.usage(
          "--bins %d is less than the widest bump of --widths %s: take more bins, or narrower bumps"
              .formatted(bins, widths));
    }
    return new BumpScan((int) ends[0], (int) ends[1]);
  }

  /** What is read. */
  private List<String> files(SignalRequest request) {
    List<String> files = new ArrayList<>(List.of(input));
    if (signal != null) {
      files.add(request.table());
    }
    files.addAll(compression.models());
    return files;
  }

  /** Which signal, and how much of it; always also none. */
  private record SignalRequest(String table, List<Integer> strengths) {
    static SignalRequest parse(@Nullable String text) {
      if (text == null) {
        return new SignalRequest("", List.of(0));
      }
      int colon = text.lastIndexOf(':');
      List<Integer> strengths = new ArrayList<>(List.of(0));
      try {
        for (String number : text.substring(colon + 1).split(",", -1)) {
          strengths.add(Integer.parseUnsignedInt(number.strip()));
        }
      } catch (NumberFormatException e) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "--signal must be a table and numbers of events, as in zprime.npz:50,100, was %s"
                .formatted(text),
            e);
      }
      if (colon < 1) {
        throw CommandFailure.usage(
            "--signal must be a table and numbers of events, as in zprime.npz:50,100, was %s"
                .formatted(text));
      }
      return new SignalRequest(text.substring(0, colon), strengths);
    }
  }

  private Bins bins(Observable observable, Table table) {
    if (!edges.isEmpty()) {
      return Ranges.edges(edges);
    }
    double[] ends = USUAL_RANGE;
    if (range != null) {
      ends = Ranges.parse("--range", range);
    } else if (observables.column != null) {
      double[] values = observable.values(table);
      double low = Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
      double high = Arrays.stream(values).filter(Double::isFinite).max().orElse(1);
      ends = new double[] {low, Math.nextUp(Math.max(high, Math.nextUp(low)))};
    }
    return Ranges.bins(ends[0], ends[1], bins);
  }

  private Background background(Bins spectrum, Observable observable)
      throws IOException, StudyException {
    if (expected == null) {
      return new DijetFit(spectrum, parameters, energy);
    }
    try (TableSource source = study.open(expected, streams)) {
      Schema schema = source.schema();
      // A tree with one value needs no name for it.
      Observable same =
          observables.column != null && schema.columns().size() == 1
              ? Observable.column(schema, schema.columns().getFirst().name())
              : observable.of(schema);
      EventWeight weighted =
          observables.weight == null
              ? EventWeight.find(schema).orElse(null)
              : EventWeight.named(schema, observables.weight);
      double[] counts = new double[spectrum.count()];
      source.forEachPiece(piece -> {
        double[] weights = weighted == null ? null : Doubles.of(piece, weighted.column());
        double[] more = spectrum.histogram(same.values(piece), weights);
        Arrays.setAll(counts, bin -> counts[bin] + more[bin]);
      });
      return Background.known(counts);
    } catch (StudyException e) {
      throw new CommandFailure(ExitCode.USAGE, expected + ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException | Error e) {
      throw Failures.about(expected, e);
    }
  }
}
