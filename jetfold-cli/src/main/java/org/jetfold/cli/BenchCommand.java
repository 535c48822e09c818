package org.jetfold.cli;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jetfold.cli.TextTable.Side;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderDescription;
import org.jetfold.codec.autoencoder.Normalization;
import org.jetfold.codec.autoencoder.OneRowNetwork;
import org.jetfold.codec.network.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code jetfold bench}. */
@Command(
    name = "bench",
    description =
        "Measures what an autoencoder costs on this machine: time and processor cycles for a jet,"
            + " and for an event of 4.61 jets, one after the other as a trigger has them.",
    footerHeading = "%n",
    footer = {
      "Encoding is normalization and encoder, decoding is decoder and undoing the normalization;"
          + " entropy coding is not in it. Time is the thread's processor time, the best of 40"
          + " rounds. Cycles are time multiplied by the clock rate that a chain of dependent"
          + " additions, one a cycle, shows in the same run.",
      "",
      "Example",
      "  jetfold bench ae14.jetm",
    })
final class BenchCommand implements Callable<Integer> {
  /** Jets of an event of the thesis's data, on average. */
  private static final double JETS = 4.61;

  private static final int ROUNDS = 40;
  private static final int JETS_A_ROUND = 3000;
  private static final int INPUTS = 256;
  private static final int ADDITIONS = 20_000_000;

  private final Streams streams;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Parameters(paramLabel = "MODEL.jetm", description = "An autoencoder.")
  String input = "";

  /** So that no loop is for nothing. */
  private double sink;

  BenchCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    Autoencoder model = ModelFiles.readAutoencoder(input);
    Jet jet = new Jet(model);
    double hertz = clockRate();
    Cost encode = measure(jet::encode);
    Cost decode = measure(jet::decode);
    if (!(Math.abs(sink) < Double.POSITIVE_INFINITY)) {
      throw new IllegalStateException("the networks gave numbers that are not finite");
    }
    print(model, hertz, encode, decode);
    return ExitCode.OK;
  }

  /** What one jet takes. */
  private record Cost(double nanoseconds, long bytes) {}

  private interface Work {
    double on(int jet);
  }

  private Cost measure(Work work) {
    double best = Double.POSITIVE_INFINITY;
    long bytes = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      long start = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < JETS_A_ROUND; i++) {
        sink += work.on(i % INPUTS);
      }
      best = Math.min(best, (threads.getCurrentThreadCpuTime() - start) / (double) JETS_A_ROUND);
      // The last round's, when everything is compiled.
      bytes = threads.getCurrentThreadAllocatedBytes() - before;
    }
    return new Cost(best, bytes / JETS_A_ROUND);
  }

  /** Cycles a second, from additions that wait for each other. */
  private double clockRate() {
    double best = 0;
    for (int round = 0; round < 8; round++) {
      long start = threads.getCurrentThreadCpuTime();
      long sum = chain(round, start | 1);
      best = Math.max(best, ADDITIONS * 1e9 / (threads.getCurrentThreadCpuTime() - start));
      sink += sum & 1;
    }
    return best;
  }

  /** Each step is an addition and an exclusive or, a cycle each. */
  private static long chain(long first, long added) {
    long sum = first;
    for (int i = 0; i < ADDITIONS / 2; i++) {
      sum = (sum + added) ^ i;
    }
    return sum;
  }

  /** A jet on its way, all arrays made beforehand. */
  private static final class Jet {
    private final Normalization[] normalizations;
    private final OneRowNetwork encoder;
    private final OneRowNetwork decoder;
    private final double[][] values;
    private final float[][] latents;
    private final float[] inputs;

    Jet(Autoencoder model) {
      AutoencoderDescription description = model.description();
      int width = description.inputs();
      encoder = model.oneRowEncoder(Kernels.best());
      decoder = model.oneRowDecoder(Kernels.best());
      normalizations = new Normalization[width];
      for (int i = 0; i < width; i++) {
        normalizations[i] =
            description.variables().get(i % description.variables().size()).normalization();
      }
      Random random = new Random(1);
      values = new double[INPUTS][width];
      latents = new float[INPUTS][model.description().decoderWidths()[0]];
      for (int jet = 0; jet < INPUTS; jet++) {
        for (int i = 0; i < width; i++) {
          values[jet][i] = normalizations[i].undo(random.nextGaussian() * 0.5);
        }
        for (int l = 0; l < latents[jet].length; l++) {
          latents[jet][l] = (float) random.nextGaussian();
        }
      }
      inputs = new float[width];
    }

    double encode(int jet) {
      double[] x = values[jet];
      for (int i = 0; i < inputs.length; i++) {
        float y = (float) normalizations[i].apply(x[i]);
        inputs[i] = Float.isFinite(y) ? y : 0;
      }
      return encoder.run(inputs)[0];
    }

    double decode(int jet) {
      float[] y = decoder.run(latents[jet]);
      double sum = 0;
      for (int i = 0; i < normalizations.length; i++) {
        double x = normalizations[i].undo(y[i]);
        sum += Double.isFinite(x) ? Math.signum(x) : 0;
      }
      return sum;
    }
  }

  private void print(Autoencoder model, double hertz, Cost encode, Cost decode) throws IOException {
    TextTable table =
        new TextTable(Side.LEFT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT);
    table.line("", "µs a jet", "cycles", "µs an event", "cycles", "allocated").rule();
    double jets = JETS / model.description().jets();
    line(table, "encode", encode, jets, hertz);
    line(table, "decode", decode, jets, hertz);
    Runtime runtime = Runtime.getRuntime();
    String text =
        "%s: %d latents, %s; %s, %.2f GHz%n"
                .formatted(
                    Streams.printable(input),
                    model.description().latents(),
                    Quantities.count(model.weights(), "weight"),
                    Kernels.best().name(),
                    hertz / 1e9)
            + String.join("\n", table.lines())
            + "\nheap used %s, resident %s\n"
                .formatted(
                    Quantities.bytes(runtime.totalMemory() - runtime.freeMemory()), resident());
    streams.out().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void line(TextTable table, String name, Cost cost, double jets, double hertz) {
    table.line(
        name,
        Quantities.decimal(cost.nanoseconds() / 1e3, 2),
        String.format(Locale.ROOT, "%,.0f", cost.nanoseconds() * hertz / 1e9),
        Quantities.decimal(jets * cost.nanoseconds() / 1e3, 2),
        String.format(Locale.ROOT, "%,.0f", jets * cost.nanoseconds() * hertz / 1e9),
        Quantities.count(cost.bytes(), "byte"));
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
      } catch (IOException _) {
        return "not known";
      }
    }
    return "not known";
  }
}
