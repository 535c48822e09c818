package org.jetfold.cli.train;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.cli.file.ModelFiles;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderDescription;
import org.jetfold.codec.autoencoder.EventNetwork;
import org.jetfold.codec.autoencoder.Normalization;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.text.Quantities;
import picocli.CommandLine.Command;
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
          + " 5 jets. Time is the thread's processor time, the best of 40 rounds. Cycles are time"
          + " multiplied by the clock rate, which is measured in the same run with a chain of"
          + " dependent additions.",
      "",
      "Example",
      "  jetfold bench ae14.jetm",
    })
public final class BenchCommand implements Callable<Integer> {
  /** The mean number of jets per event in the thesis's data. */
  private static final double JETS = 4.61;

  private static final int ROUNDS = 40;
  private static final int ROWS_PER_ROUND = 3000;
  private static final int INPUTS = 256;
  private static final int ADDITIONS = 20_000_000;

  private final Streams streams;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Parameters(paramLabel = "MODEL.jetm", description = "An autoencoder.")
  String input = "";

  /** Keeps the compiler from removing the loops. */
  private double sink;

  public BenchCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    Autoencoder model = ModelFiles.readAutoencoder(input);
    Jets jets = new Jets(model);
    double hertz = clockRate();
    Cost[] encode = costs(jets::encode, model.description().jets());
    Cost[] decode = costs(jets::decode, model.description().jets());
    if (!(Math.abs(sink) < Double.POSITIVE_INFINITY)) {
      throw new IllegalStateException("the networks gave numbers that are not finite");
    }
    print(model, hertz, encode, decode);
    return ExitCode.OK;
  }

  /** The cost of some rows together. */
  private record Cost(double nanoseconds, long bytes) {
    /** Interpolated between this, at 0, and the other, at 1. */
    Cost interpolated(Cost other, double share) {
      return new Cost(
          nanoseconds + share * (other.nanoseconds - nanoseconds), Math.max(bytes, other.bytes));
    }
  }

  private interface Work {
    double on(int first, int rows);
  }

  /**
   * The costs of a jet and of an event.
   *
   * @param jets of an input of the network
   */
  private Cost[] costs(Work work, int jets) {
    double rows = Math.max(1, JETS / jets);
    int fewer = (int) rows;
    Cost event = measure(work, fewer).interpolated(measure(work, fewer + 1), rows - fewer);
    Cost row = measure(work, 1);
    return new Cost[] {
      new Cost(row.nanoseconds() / jets, row.bytes()), event,
    };
  }

  private Cost measure(Work work, int rows) {
    double best = Double.POSITIVE_INFINITY;
    long bytes = 0;
    int times = ROWS_PER_ROUND / rows;
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      long start = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < times; i++) {
        sink += work.on(i * rows % INPUTS, rows);
      }
      best = Math.min(best, (threads.getCurrentThreadCpuTime() - start) / (double) times);
      // Those of the last round, when everything is compiled.
      bytes = threads.getCurrentThreadAllocatedBytes() - before;
    }
    return new Cost(best, bytes / times);
  }

  /** Cycles per second, from dependent additions. */
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

  /** Each step is an addition and an exclusive or, one cycle each. */
  private static long chain(long first, long added) {
    long sum = first;
    for (int i = 0; i < ADDITIONS / 2; i++) {
      sum = (sum + added) ^ i;
    }
    return sum;
  }

  /** Rows of random jets, in arrays that are allocated beforehand. */
  private static final class Jets {
    private static final int MAX_ROWS = (int) JETS + 1;

    private final Normalization[] normalizations;

    /** For each input, the place in its row of what it is told relative to; its own for nothing. */
    private final int[] references;

    private final EventNetwork encoder;
    private final EventNetwork decoder;
    private final double[] values;
    private final float[] latents;
    private final float[] inputs;
    private final float[] stored;

    Jets(Autoencoder model) {
      AutoencoderDescription description = model.description();
      int width = description.inputs();
      encoder = model.eventEncoder(Kernels.best());
      decoder = model.eventDecoder(Kernels.best());
      normalizations = new Normalization[width];
      references = new int[width];
      int variables = description.variables().size();
      for (int i = 0; i < width; i++) {
        normalizations[i] = description.variables().get(i % variables).normalization();
        int reference = normalizations[i].reference();
        references[i] = reference < 0 ? i : i - i % variables + reference;
      }
      Random random = new Random(1);
      values = new double[(INPUTS + MAX_ROWS) * width];
      for (int i = 0; i < values.length; i++) {
        values[i] = normalizations[i % width].undo(random.nextGaussian() * 0.5);
      }
      int latentWidth = description.decoderWidths()[0];
      latents = new float[(INPUTS + MAX_ROWS) * latentWidth];
      for (int i = 0; i < latents.length; i++) {
        latents[i] = (float) random.nextGaussian();
      }
      inputs = new float[MAX_ROWS * width];
      stored = new float[MAX_ROWS * latentWidth];
    }

    double encode(int first, int rows) {
      int width = normalizations.length;
      for (int r = 0; r < rows; r++) {
        for (int i = 0; i < width; i++) {
          int row = (first + r) * width;
          float y = (float) normalizations[i].apply(values[row + i], values[row + references[i]]);
          inputs[r * width + i] = Float.isFinite(y) ? y : 0;
        }
      }
      return encoder.run(inputs, rows)[(rows - 1) * encoder.stride()];
    }

    double decode(int first, int rows) {
      int width = stored.length / MAX_ROWS;
      System.arraycopy(latents, first * width, stored, 0, rows * width);
      float[] y = decoder.run(stored, rows);
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        for (int i = 0; i < normalizations.length; i++) {
          int row = r * decoder.stride();
          double other =
              references[i] == i ? 0 : normalizations[references[i]].undo(y[row + references[i]]);
          double x = normalizations[i].undo(y[row + i], other);
          sum += Double.isFinite(x) ? Math.signum(x) : 0;
        }
      }
      return sum;
    }
  }

  private void print(Autoencoder model, double hertz, Cost[] encode, Cost[] decode)
      throws IOException {
    TextTable table =
        new TextTable(Side.LEFT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT);
    table.line("", "µs per jet", "cycles", "µs per event", "cycles", "allocated").rule();
    line(table, "encode", encode[0], encode[1], hertz);
    line(table, "decode", decode[0], decode[1], hertz);
    // Without the garbage of this command's own start.
    System.gc();
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
            + "\nheap in use %s, resident %s\n"
                .formatted(
                    Quantities.bytes(runtime.totalMemory() - runtime.freeMemory()), resident());
    streams.print(text);
  }

  private static void line(TextTable table, String name, Cost jet, Cost event, double hertz) {
    table.line(
        name,
        Quantities.decimal(jet.nanoseconds() / 1e3, 2),
        cycles(jet, hertz),
        Quantities.decimal(event.nanoseconds() / 1e3, 2),
        cycles(event, hertz),
        Quantities.count(Math.max(jet.bytes(), event.bytes()), "byte"));
  }

  private static String cycles(Cost cost, double hertz) {
    return String.format(Locale.ROOT, "%,.0f", cost.nanoseconds() * hertz / 1e9);
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
