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
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.StudyException;
import org.jetfold.study.binning.Bins;
import org.jetfold.study.bumphunt.BumpComparison;
import org.jetfold.study.bumphunt.BumpHunt;
import org.jetfold.study.bumphunt.BumpHuntInput;
import org.jetfold.study.bumphunt.BumpScan;
import org.jetfold.study.bumphunt.EventWeight;
import org.jetfold.study.bumphunt.Injections;
import org.jetfold.study.bumphunt.Observable;
import org.jetfold.study.bumphunt.SignalEnsemble;
import org.jetfold.study.bumphunt.SignalEvents;
import org.jetfold.study.bumphunt.WeightedTable;
import org.jetfold.study.report.BumpHuntReport;
import org.jetfold.study.report.SignalEnsembleReport;
import org.jetfold.study.report.StudyReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "  jetfold study bump-hunt qcd.npz --signal zprime550.npz:200 --injections 100 --precision"
          + " jets",
      "  jetfold study bump-hunt published.csv --binned",
      "  jetfold study bump-hunt hepdata.yaml --binned --window 21",
      "",
      "The dijet function is fitted to the spectrum, and fitted again in every pseudo-experiment,",
      "unless --expected names a table whose events are the background. docs/bump-hunt.md tells"
          + " more.",
    })
final class BumpHuntCommand implements Callable<Integer> {
  private final Streams streams;

  @Parameters(paramLabel = "BACKGROUND", description = "The table in which a bump is looked for.")
  String input = "";

  @Mixin SignalOptions signal = new SignalOptions();
  @Mixin BackgroundOptions expectation = new BackgroundOptions();
  @Mixin SpectrumOptions spectrum = new SpectrumOptions();
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
    SignalOptions.Request request = signal.request();
    study.output.check(files(request), streams);
    compression.check(unit.value());
    int threads = study.working.threads();
    BumpScan scan = spectrum.scan();
    expectation.check();
    if (spectrum.binned) {
      refuseWhatNeedsEvents();
      new BinnedHunt(streams, study, spectrum, expectation, observables.column, random.seed)
          .hunt(input, scan);
      return ExitCode.OK;
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
      Bins bins =
          spectrum.bins(observables.column == null ? null : observable.values(background.table()));
      BackgroundOptions.Found expected = expected(bins, observable);
      SignalEvents events =
          signal.isAsked()
              ? new SignalEvents(
                  read(request.table(), source -> reader.signal(source, background)).table(),
                  observable,
                  bins,
                  random.seed)
              : null;
      BumpHunt hunt = expected.hunt(scan, expectation.experiments, random.seed);
      study.output.write(
          events != null && signal.injections != null
              ? ensemble(request, background, bins, hunt, events, threads)
              : BumpHuntReport.of(
                  new BumpHuntReport.Subject(
                      input,
                      observable.label(),
                      compression.label(),
                      bins,
                      expected.name(),
                      expected.fit()),
                  hunts(
                      request,
                      background,
                      events,
                      new BumpComparison(observable, bins, hunt, threads))),
          streams);
      return ExitCode.OK;
    } catch (StudyException | ModelException e) {
      throw new CommandFailure(ExitCode.USAGE, input + ": " + e.getMessage(), e);
    }
  }

  /** A spectrum in bins has no events. */
  private void refuseWhatNeedsEvents() {
    if (signal.isAsked()
        || expectation.expected != null
        || compression.isAsked()
        || observables.weight != null
        || observables.resample) {
      throw CommandFailure.usage(
          "--binned has no events: only --range, --widths, --parameters, --energy, --window,"
              + " --experiments and --seed go with it");
    }
  }

  private Compression plan(BumpHuntInput background) {
    return Compression.of(
            background.table().schema(), background.precisions(), compression.modelUses())
        .withSeed(random.seed);
  }

  private List<BumpHuntReport.Row> hunts(
      SignalOptions.Request request,
      BumpHuntInput background,
      @Nullable SignalEvents events,
      BumpComparison comparison)
      throws IOException, StudyException {
    Compression plan = plan(background);
    List<BumpHuntReport.Row> rows = new ArrayList<>();
    long each = (compression.isAsked() ? 2L : 1L) * expectation.experiments;
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

  private StudyReport ensemble(
      SignalOptions.Request request,
      BumpHuntInput background,
      Bins bins,
      BumpHunt hunt,
      SignalEvents events,
      int threads)
      throws IOException, StudyException {
    SignalEnsemble ensemble =
        new SignalEnsemble(
            background.observable(),
            bins,
            hunt,
            background.events(),
            events,
            compression.isAsked() ? plan(background) : null,
            random.seed,
            threads);
    SignalEnsemble.Null without;
    long experiments = (compression.isAsked() ? 2L : 1L) * expectation.experiments;
    try (Progress progress =
        Progress.start(streams, study.working, input, experiments, "pseudo-experiment")) {
      without = ensemble.withoutSignal(progress);
    }
    List<Injections> rows = new ArrayList<>();
    int times = signal.injections == null ? 0 : signal.injections;
    long all = (long) times * request.strengths().size();
    try (Progress progress = Progress.start(streams, study.working, input, all, "injection")) {
      for (int strength : request.strengths()) {
        long before = (long) times * rows.size();
        rows.add(ensemble.inject(strength, times, without, done -> progress.accept(before + done)));
      }
    }
    return SignalEnsembleReport.of(input, compression.label(), rows);
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

  /** What is read. */
  private List<String> files(SignalOptions.Request request) {
    List<String> files = new ArrayList<>(List.of(input));
    if (signal.isAsked()) {
      files.add(request.table());
    }
    files.addAll(compression.models());
    return files;
  }

  private BackgroundOptions.Found expected(Bins bins, Observable observable)
      throws IOException, StudyException {
    String expected = expectation.expected;
    if (expected == null) {
      return expectation.fitted(bins);
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
      double[] counts = new double[bins.count()];
      source.forEachPiece(piece -> {
        double[] weights = weighted == null ? null : Doubles.of(piece, weighted.column());
        double[] more = bins.histogram(same.values(piece), weights);
        Arrays.setAll(counts, bin -> counts[bin] + more[bin]);
      });
      return BackgroundOptions.Found.known(counts);
    } catch (StudyException e) {
      throw new CommandFailure(ExitCode.USAGE, expected + ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException | Error e) {
      throw Failures.about(expected, e);
    }
  }
}
