package org.jetfold.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.pipeline.ModelBinding;
import org.jetfold.codec.pipeline.Workers;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.study.StudyException;
import org.jetfold.study.binning.Bins;
import org.jetfold.study.bumphunt.Background;
import org.jetfold.study.bumphunt.BumpHunt;
import org.jetfold.study.bumphunt.BumpScan;
import org.jetfold.study.bumphunt.DijetFit;
import org.jetfold.study.bumphunt.DijetMass;
import org.jetfold.study.bumphunt.EventChoice;
import org.jetfold.study.bumphunt.Observable;
import org.jetfold.study.bumphunt.RoundTrip;
import org.jetfold.study.bumphunt.SignalEvents;
import org.jetfold.study.bumphunt.Survival;
import org.jetfold.study.dijet.LeadingDijet;
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
      names = "--precision",
      paramLabel = "RULES",
      description = "Compress with these settings, as 'jetfold compress' does.")
  @Nullable String precision;

  @Option(
      names = "--model",
      paramLabel = "MODEL.jetm",
      description = "Compress with this learned model.")
  @Nullable String model;

  @Option(
      names = "--column",
      paramLabel = "NAME",
      description = "Look at this value of the rows or events instead of the dijet mass.")
  @Nullable String column;

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
      names = "--y-star",
      paramLabel = "Y",
      description = "Events count whose |y*| is below this. Default: 0.6.")
  double yStar = LeadingDijet.USUAL_Y_STAR;

  @Option(
      names = "--unit",
      paramLabel = "UNIT",
      description = "The unit of pt and m, MeV or GeV, where the table does not say it.")
  @Nullable String unit;

  @Option(
      names = "--range",
      paramLabel = "LOW:HIGH",
      description =
          "The range of the spectrum. Default: 440:1400 GeV; with --column, where values are.")
  @Nullable String range;

  @Option(names = "--bins", paramLabel = "N", description = "Number of bins. Default: 60.")
  int bins = 60;

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

  @Option(
      names = "--weight",
      paramLabel = "NAME",
      description =
          "The events' weight. By default the event value that has 'weight' in its name, if any.")
  @Nullable String weight;

  @Option(
      names = "--resample",
      description = "Draw events of weight 1 from weighted ones, which are refused without this.")
  boolean resample;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Where random numbers start. Default: 1.")
  long seed = 1;

  @Mixin StudyOutput output = new StudyOutput();
  @Mixin ReadingOptions reading = new ReadingOptions();
  @Mixin WorkingOptions working = new WorkingOptions();

  BumpHuntCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    output.check(streams);
    int threads = working.threads();
    BumpScan scan = scan();
    if (experiments < 1) {
      throw CommandFailure.usage(
          "--experiments %d makes no sense: choose 1 or more".formatted(experiments));
    }
    if (parameters != 4 && parameters != 5) {
      throw CommandFailure.usage(
          "--parameters %d makes no sense: the dijet function has 4 or 5".formatted(parameters));
    }
    SignalRequest request = SignalRequest.parse(signal);
    DensityModel learned = model == null ? null : ModelFiles.readDensity(model);
    try (Workers workers = new Workers(threads)) {
      Events background = read(input, learned, null);
      Observable observable = background.observable();
      Bins spectrum = bins(observable, background.table());
      Background known = background(spectrum, observable);
      BumpHunt hunt = new BumpHunt(scan, known, experiments, seed);
      Survival survival = new Survival(observable, spectrum, hunt, workers);
      SignalEvents events =
          signal == null
              ? null
              : new SignalEvents(
                  read(request.table(), learned, background).table(), observable, spectrum, seed);
      RoundTrip way =
          new RoundTrip(threads, learned == null ? null : new Compressor.ModelUse(learned, false));
      List<BumpHuntResult.Row> rows = new ArrayList<>();
      for (int strength : request.strengths()) {
        Table mixed =
            events == null ? background.table() : events.mixedInto(background.table(), strength);
        boolean compressed = precision != null || learned != null;
        rows.add(
            new BumpHuntResult.Row(
                strength,
                compressed
                    ? survival.compressed(mixed, way, background.precisions())
                    : survival.uncompressed(mixed)));
      }
      String settings = precision != null ? precision : model != null ? model : null;
      DijetFit fit = known instanceof DijetFit dijets ? dijets : null;
      output.write(
          new BumpHuntResult(input, observable.label(), settings, spectrum, fit, rows).result(),
          streams);
      return ExitCode.OK;
    } catch (StudyException e) {
      throw new CommandFailure(ExitCode.USAGE, input + ": " + e.getMessage(), e);
    }
  }

  private BumpScan scan() {
    double[] ends = Ranges.parse("--widths", widths);
    if (ends[0] < 1
        || ends[1] < ends[0]
        || ends[1] > bins
        || ends[0] % 1 != 0
        || ends[1] % 1 != 0) {
      throw CommandFailure.usage(
          "--widths %s makes no sense: give two whole numbers of bins, as in 2:6, no more than --bins"
              .formatted(widths));
    }
    return new BumpScan((int) ends[0], (int) ends[1]);
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
            "--signal %s makes no sense: name a table and numbers of events, as in zprime.npz:50,100"
                .formatted(text),
            e);
      }
      if (colon < 1) {
        throw CommandFailure.usage(
            "--signal %s makes no sense: name a table and numbers of events, as in zprime.npz:50,100"
                .formatted(text));
      }
      return new SignalRequest(text.substring(0, colon), strengths);
    }
  }

  /** What is needed of a table: the columns of the observable, and those of the model. */
  private record Events(Observable observable, Table table, List<Precision> precisions) {}

  private Events read(String name, @Nullable DensityModel learned, @Nullable Events like)
      throws IOException {
    try (TableSource source = reading.open(name, working.threads(), streams, this::warn)) {
      Schema schema = source.schema();
      Observable wanted = observable(schema, like);
      List<Integer> columns = new ArrayList<>(wanted.columns());
      if (learned != null) {
        ModelBinding.of(schema, learned).columns().stream()
            .filter(coded -> !columns.contains(coded))
            .forEach(columns::add);
      }
      if (columns.stream()
          .anyMatch(one -> schema.groupOf(one) != schema.groupOf(columns.getFirst()))) {
        throw new StudyException("the model codes other columns than those of the jets");
      }
      List<Precision> precisions = precisions(schema, learned).stream().toList();
      int weightColumn = weightColumn(schema);
      List<Table> pieces = new ArrayList<>();
      List<double[]> weights = new ArrayList<>();
      for (Table piece = source.next(ROWS); piece != null; piece = source.next(ROWS)) {
        pieces.add(Observable.projected(piece, columns));
        if (weightColumn >= 0) {
          weights.add(
              Observable.column(schema, schema.columns().get(weightColumn).name()).values(piece));
        }
      }
      if (pieces.isEmpty()) {
        throw new CommandFailure(ExitCode.FAILED, name + ": holds a table without rows");
      }
      Table table = Table.joined(pieces);
      if (like != null && !table.schema().columns().equals(like.table().schema().columns())) {
        throw new StudyException(
            "the columns differ from those of the background in name or type, so they cannot be"
                + " mixed");
      }
      if (weightColumn >= 0) {
        String called = schema.columns().get(weightColumn).name();
        table =
            unweighted(table, called, weights.stream().flatMapToDouble(Arrays::stream).toArray());
      }
      Observable observable = wanted.of(table.schema());
      if (observable instanceof DijetMass dijets && !dijets.unitKnown()) {
        observable = dijets.inUnit(unitOf(name, dijets, table));
      }
      return new Events(
          observable,
          like == null ? table : renamed(table, like.table()),
          columns.stream().map(precisions::get).toList());
    } catch (StudyException e) {
      throw new CommandFailure(ExitCode.USAGE, name + ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException | Error e) {
      throw Failures.about(name, e);
    }
  }

  private static final int ROWS = 1 << 15;

  /** The table with the schema of another, from which it differs in its collection's name alone. */
  private static Table renamed(Table table, Table like) {
    List<ColumnValues> values = new ArrayList<>();
    for (int number = 0; number < table.schema().columns().size(); number++) {
      values.add(table.values(number));
    }
    return new Table(
        like.schema(),
        table.rootEntries(),
        table.schema().hasEvents() ? List.of(table.offsets(1)) : List.of(),
        values);
  }

  private Observable observable(Schema schema, @Nullable Events like) throws StudyException {
    if (like != null) {
      return like.observable().of(schema);
    }
    if (column != null) {
      return Observable.column(schema, column);
    }
    DijetMass dijets = DijetMass.of(schema, yStar);
    return unit == null ? dijets : dijets.inUnit(unit());
  }

  private double unit() {
    return switch (String.valueOf(unit).toLowerCase(Locale.ROOT)) {
      case "gev" -> 1;
      case "mev" -> DijetMass.MEV;
      default ->
          throw CommandFailure.usage("--unit %s makes no sense: choose MeV or GeV".formatted(unit));
    };
  }

  private double unitOf(String name, DijetMass dijets, Table table) {
    double likely = dijets.likelyUnit(table);
    if (!working.quiet) {
      streams.say(
          "%s: nothing says the unit of pT; by its size it is %s (--unit)"
              .formatted(name, likely == 1 ? "GeV" : "MeV"));
    }
    return likely;
  }

  private List<Precision> precisions(Schema schema, @Nullable DensityModel learned) {
    List<Precision> chosen = new ArrayList<>();
    if (precision != null) {
      chosen.addAll(PrecisionRules.parse(precision).resolve(schema).columns());
    } else {
      schema.columns().forEach(any -> chosen.add(Precision.exact()));
      if (learned != null) {
        ModelBinding binding = ModelBinding.of(schema, learned);
        for (int i = 0; i < binding.columns().size(); i++) {
          chosen.set(binding.columns().get(i), learned.description().columns().get(i).precision());
        }
      }
    }
    return chosen;
  }

  private int weightColumn(Schema schema) throws StudyException {
    for (int number = 0; number < schema.columns().size(); number++) {
      if (schema.groupOf(number) == 0) {
        String name = schema.columns().get(number).name();
        boolean found =
            weight == null
                ? schema.hasEvents() && name.toLowerCase(Locale.ROOT).contains("weight")
                : name.equals(weight);
        if (found) {
          return number;
        }
      }
    }
    if (weight != null) {
      throw new StudyException("--weight: no value of the events is called " + weight);
    }
    return -1;
  }

  private Table unweighted(Table table, String called, double[] weights) throws StudyException {
    if (Arrays.stream(weights).allMatch(value -> value == weights[0])) {
      return table;
    }
    if (!resample) {
      throw new StudyException(
          "the events have weights (%s), and Poisson statistics are for events that count one each: draw such events with --resample, or name a column of ones with --weight"
              .formatted(called));
    }
    Table drawn = EventChoice.unitWeights(table, weights, seed);
    if (!working.quiet) {
      streams.say(
          "%s of %s are left with weight 1"
              .formatted(
                  Quantities.count(drawn.rootEntries(), "event"),
                  Quantities.count(table.rootEntries(), "event")));
    }
    return drawn;
  }

  private Bins bins(Observable observable, Table table) {
    if (bins < 1 || bins > 1_000_000) {
      throw CommandFailure.usage("--bins %d makes no sense: choose 1 or more".formatted(bins));
    }
    double[] ends = USUAL_RANGE;
    if (range != null) {
      ends = Ranges.parse("--range", range);
    } else if (column != null) {
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
    try (TableSource source = reading.open(expected, working.threads(), streams, this::warn)) {
      Schema schema = source.schema();
      // A tree with one value needs no name for it.
      Observable same =
          column != null && schema.columns().size() == 1
              ? Observable.column(schema, schema.columns().getFirst().name())
              : observable.of(schema);
      double[] counts = new double[spectrum.count()];
      for (Table piece = source.next(ROWS); piece != null; piece = source.next(ROWS)) {
        double[] more = spectrum.histogram(same.values(piece));
        for (int bin = 0; bin < counts.length; bin++) {
          counts[bin] += more[bin];
        }
      }
      return Background.known(counts);
    } catch (StudyException e) {
      throw new CommandFailure(ExitCode.USAGE, expected + ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException | Error e) {
      throw Failures.about(expected, e);
    }
  }

  private void warn(String line) {
    streams.say("warning: " + line);
  }
}
