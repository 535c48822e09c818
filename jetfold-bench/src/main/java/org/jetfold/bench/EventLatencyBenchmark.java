package org.jetfold.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jetfold.codec.Compression;
import org.jetfold.codec.StreamingCompressor;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.DensityModelFile;
import org.jetfold.codec.density.EventIntervals;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long one event takes, alone, with a learned model:
 *
 * <ul>
 *   <li>{@code event}: an event's values into a {@link StreamingCompressor}; once in a segment this
 *       codes, checks and writes all events since, which is the largest time that is seen;
 *   <li>{@code intervals}: what the model says of the event alone, from symbols to intervals. With
 *       {@code -prof gc} it shows that nothing is allocated.
 * </ul>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class EventLatencyBenchmark {
  private static final int COLLECTION = 1;

  /** A table of events with values of float32 alone in its collection. */
  @Param("samples/jets.npz")
  public String data = "";

  /** The model. */
  @Param("samples/jets.jetm")
  public String model = "";

  /** How many jets the event has: the first such event of the table. */
  @Param("5")
  public int jets;

  private Table event = uninitialized();
  private StreamingCompressor compressor = uninitialized();
  private EventIntervals intervals = uninitialized();
  private long[][] symbols = {};

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // JMH calls set-up first.
  private static <T> T uninitialized() {
    return null;
  }

  /** Reads table and model and looks for the event. */
  @Setup
  public void setUp() throws IOException {
    JetTable table = JetTable.read(data);
    DensityModel density = DensityModelFile.read(Files.readAllBytes(Path.of(model)));
    Schema schema = table.table().schema();
    Compression plan = Compression.asTrained(schema, ModelUse.of(density));
    List<Integer> columns = plan.modelColumns(0);
    int[] offsets = table.table().offsets(COLLECTION);
    int number = 0;
    while (offsets[number + 1] - offsets[number] != jets) {
      number++;
    }
    event = table.table().slice(number, number + 1);
    symbols = new long[columns.size()][jets];
    for (int j = 0; j < symbols.length; j++) {
      int column = columns.get(j);
      Quantizer.of(plan.precisions().columns().get(column), schema.columns().get(column).type())
          .quantize(event.values(column), 0, jets, symbols[j]);
    }
    intervals = new EventIntervals(density, Kernels.best());
    compressor = new StreamingCompressor(plan, OutputStream.nullOutputStream(), 1);
    System.out.printf(
        "%nan event of %d jets, %d weights, %s%n",
        jets, density.shape().weights(), Kernels.best().name());
  }

  /** Ends the worker. */
  @TearDown
  public void tearDown() {
    compressor.close();
  }

  /** See the class. */
  @Benchmark
  public void event() throws IOException {
    compressor.addList(COLLECTION, jets);
    Schema schema = event.schema();
    for (int column = 0; column < schema.columns().size(); column++) {
      switch (event.values(column)) {
        case ColumnValues.Floats(float[] floats) -> {
          for (float value : floats) {
            compressor.add(column, value);
          }
        }
        case ColumnValues.Doubles(double[] doubles) -> {
          for (double value : doubles) {
            compressor.add(column, value);
          }
        }
        case ColumnValues.Integers(long[] integers) -> {
          for (long value : integers) {
            compressor.add(column, value);
          }
        }
      }
    }
    compressor.endEvent();
  }

  /** See the class. */
  @Benchmark
  public void intervals() {
    intervals.clear();
    intervals.add(symbols, jets, (byte) 0);
  }
}
