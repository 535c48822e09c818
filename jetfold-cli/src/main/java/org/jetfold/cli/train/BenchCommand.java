package org.jetfold.cli.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.cli.file.ModelFiles;
import org.jetfold.cli.file.OutputFile;
import org.jetfold.cli.option.OverwriteOption;
import org.jetfold.cli.train.CostMeter.Cost;
import org.jetfold.cli.train.CostMeter.Costs;
import org.jetfold.cli.train.CostMeter.Direction;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.picture.Chart;
import org.jetfold.study.picture.SvgPicture;
import org.jetfold.train.autoencoder.AutoencoderPreset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jetfold bench}. */
@Command(
    name = "bench",
    description =
        "Measures the cost of an autoencoder on this machine: time and processor cycles for one"
            + " jet, and for an event of 4.61 jets, as in a trigger.",
    footerHeading = "%n",
    footer = {
      "Encoding is normalization and encoder; decoding is decoder and inverse normalization, both"
          + " without entropy coding. The cost of 4.61 jets is interpolated between events of 4 and"
          + " 5 jets. Time is the thread's processor time, the best of 40 rounds; with --preset"
          + " also their median, and half of the range of the middle 68 %%. Cycles are time"
          + " multiplied by the clock rate, which is measured in the same run with a chain of"
          + " dependent additions.",
      "",
      "Examples",
      "  jetfold bench ae14.jetm",
      "  jetfold bench --preset tla-27d --latent 8..20 --picture cost.svg",
    })
public final class BenchCommand implements Callable<Integer> {
  private static final int MAX_NETWORKS = 100;

  private final Streams streams;

  @Parameters(paramLabel = "MODEL.jetm", arity = "0..1", description = "An autoencoder.")
  @Nullable String input;

  @Option(
      names = "--preset",
      paramLabel = "P",
      description = "Networks of this preset with random weights, in place of a model.")
  @Nullable String preset;

  @Option(
      names = "--latent",
      paramLabel = "X",
      description = "With --preset: numbers of latents, 8..20, 8..20..2, or 8,10,14.")
  @Nullable String latents;

  @Option(names = "--csv", description = "With --preset: write CSV instead of the table.")
  boolean csv;

  @Option(
      names = "--picture",
      paramLabel = "OUT.svg",
      description = "With --preset: draw the cost against the number of latents.")
  @Nullable String picture;

  @Mixin OverwriteOption replacing = new OverwriteOption();

  public BenchCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    String model = input;
    if ((model == null) == (preset == null)) {
      throw CommandFailure.usage("bench takes a model, or --preset: name one of them");
    }
    if (model != null) {
      if (latents != null || csv || picture != null) {
        throw CommandFailure.usage("--latent, --csv and --picture require --preset");
      }
      ofModel(model);
    } else {
      ofPreset(NetworkInputs.knownPreset(String.valueOf(preset)));
    }
    return ExitCode.OK;
  }

  private void ofModel(String name) throws IOException {
    Autoencoder model = ModelFiles.readAutoencoder(name);
    if (model.description().memory() > 0) {
      throw CommandFailure.usage(
          name
              + " remembers the jets of an event, and bench measures single ones: train one without"
              + " --memory");
    }
    CostMeter meter = new CostMeter();
    double hertz = meter.clockRate();
    Costs costs = meter.of(model);
    TextTable table =
        new TextTable(Side.LEFT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT);
    table.line("", "µs per jet", "cycles", "µs per event", "cycles", "allocated").rule();
    line(table, "encode", costs.encode(), hertz);
    line(table, "decode", costs.decode(), hertz);
    streams.print(
        "%s: %d latents, %s; %s%n"
                .formatted(
                    name,
                    model.description().latents(),
                    Quantities.count(model.weights(), "weight"),
                    machine(hertz))
            + String.join("\n", table.lines())
            + "\n"
            + memory());
  }

  private static void line(TextTable table, String name, Direction cost, double hertz) {
    table.line(
        name,
        microseconds(cost.jet().best()),
        cycles(cost.jet(), hertz),
        microseconds(cost.event().best()),
        cycles(cost.event(), hertz),
        Quantities.count(cost.bytes(), "byte"));
  }

  /** A network that was measured. */
  private record Measured(int latents, long weights, Costs costs) {}

  private void ofPreset(AutoencoderPreset known) throws IOException {
    List<Integer> numbers =
        latents == null ? List.of(known.latents()) : LatentNumbers.parse(latents, MAX_NETWORKS);
    for (int number : numbers) {
      if (number >= known.variables().size()) {
        throw CommandFailure.usage(
            "--latent must be below the %d variables of %s, was %d"
                .formatted(known.variables().size(), known.name(), number));
      }
    }
    try (OutputFile drawing = replacing.create(picture, streams)) {
      CostMeter meter = new CostMeter();
      double hertz = meter.clockRate();
      List<Measured> measured = new ArrayList<>();
      for (int number : numbers) {
        Autoencoder model = RandomNetwork.of(known.withLatents(number));
        measured.add(new Measured(number, model.weights(), meter.of(model)));
      }
      OverwriteOption.write(
          drawing,
          out ->
              out.write(
                  SvgPicture.of(List.of(chart(known, measured))).getBytes(StandardCharsets.UTF_8)));
      streams.print(csv ? lines(measured, hertz) : table(known, measured, hertz));
    }
  }

  private static String table(AutoencoderPreset known, List<Measured> measured, double hertz) {
    TextTable table =
        new TextTable(
            Side.RIGHT,
            Side.RIGHT,
            Side.LEFT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT);
    table
        .line(
            "latents",
            "weights",
            "",
            "µs per jet",
            "median",
            "cycles",
            "µs per event",
            "median",
            "cycles")
        .rule();
    for (Measured one : measured) {
      for (boolean encodes : new boolean[] {true, false}) {
        Direction cost = encodes ? one.costs.encode() : one.costs.decode();
        table.line(
            encodes ? Integer.toString(one.latents) : "",
            encodes ? String.format(Locale.ROOT, "%,d", one.weights) : "",
            encodes ? "encode" : "decode",
            microseconds(cost.jet().best()),
            median(cost.jet()),
            cycles(cost.jet(), hertz),
            microseconds(cost.event().best()),
            median(cost.event()),
            cycles(cost.event(), hertz));
      }
    }
    return "%s, random weights; %s%n".formatted(known.name(), machine(hertz))
        + String.join("\n", table.lines())
        + "\n"
        + memory();
  }

  private static String lines(List<Measured> measured, double hertz) {
    StringBuilder lines =
        new StringBuilder("latents,weights,direction,objects,best_us,median_us,spread_us,cycles\n");
    for (Measured one : measured) {
      for (boolean encodes : new boolean[] {true, false}) {
        Direction cost = encodes ? one.costs.encode() : one.costs.decode();
        for (boolean ofJet : new boolean[] {true, false}) {
          Cost own = ofJet ? cost.jet() : cost.event();
          lines.append(
              String.format(
                  Locale.ROOT,
                  "%d,%d,%s,%s,%.3f,%.3f,%.3f,%.0f%n",
                  one.latents,
                  one.weights,
                  encodes ? "encode" : "decode",
                  ofJet ? "jet" : "event",
                  own.best() / 1e3,
                  own.median() / 1e3,
                  own.spread() / 1e3,
                  own.best() * hertz / 1e9));
        }
      }
    }
    return lines.toString();
  }

  private static Chart chart(AutoencoderPreset known, List<Measured> measured) {
    return new Chart(
        "%s: cost against the number of latents (median of 40 rounds, bars: the middle 68 %%)"
            .formatted(known.name()),
        Chart.Axis.linear("latents"),
        Chart.Axis.linear("processor time [µs]"),
        List.of(
            series("encode an event", measured, one -> one.costs.encode().event()),
            series("decode an event", measured, one -> one.costs.decode().event()),
            series("encode a jet", measured, one -> one.costs.encode().jet()),
            series("decode a jet", measured, one -> one.costs.decode().jet())));
  }

  private static Chart.Series series(
      String name, List<Measured> measured, Function<Measured, Cost> cost) {
    return Chart.Series.points(
        name,
        measured.stream().mapToDouble(Measured::latents).toArray(),
        measured.stream().mapToDouble(one -> cost.apply(one).median() / 1e3).toArray(),
        measured.stream().mapToDouble(one -> cost.apply(one).spread() / 1e3).toArray());
  }

  private static String machine(double hertz) {
    return "%s, %s GHz".formatted(Kernels.best().name(), Quantities.decimal(hertz / 1e9, 2));
  }

  private static String microseconds(double nanoseconds) {
    return Quantities.decimal(nanoseconds / 1e3, 2);
  }

  private static String median(Cost cost) {
    return microseconds(cost.median()) + " ± " + microseconds(cost.spread());
  }

  private static String cycles(Cost cost, double hertz) {
    return String.format(Locale.ROOT, "%,.0f", cost.best() * hertz / 1e9);
  }

  private static String memory() {
    // Without the garbage of this command's own start.
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return "heap in use %s, resident %s\n"
        .formatted(Quantities.bytes(runtime.totalMemory() - runtime.freeMemory()), resident());
  }

  private static String resident() {
    Path status = Path.of("/proc/self/status");
    if (Files.isReadable(status)) {
      try {
        for (String line : Files.readAllLines(status)) {
          if (line.startsWith("VmRSS:")) {
            return Quantities.bytes(1024 * Long.parseLong(line.replaceAll("[^0-9]", "")));
          }
        }
      } catch (IOException | JetfoldException _) {
        return "unknown";
      }
    }
    return "unknown";
  }
}
