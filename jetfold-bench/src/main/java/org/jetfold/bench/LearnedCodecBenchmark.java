package org.jetfold.bench;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.DensityModelFile;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.network.AutoregressiveNetwork;
import org.jetfold.codec.network.AutoregressiveNetwork.Activations;
import org.jetfold.codec.network.AutoregressiveShape;
import org.jetfold.codec.network.Kernel;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.TableSource;
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
 * Compressing and decompressing with a learned model, on one thread, from memory to memory, beside
 * what its network would take if nothing but its multiply-adds counted.
 *
 * <ul>
 *   <li>{@code compress}, {@code compressWithoutDecoding}, {@code decompress}: as for the static
 *       codec, with the model for the columns that it knows;
 *   <li>{@code network}: the network's steps for all rows, nothing else;
 *   <li>{@code peak}: as many multiply-adds as the network needs for all rows, in registers;
 *   <li>{@code zstd}: level 19 on the truncated values, column after column, byte-shuffled.
 * </ul>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class LearnedCodecBenchmark {
  /** The table to compress. */
  @Param("samples/jets.npz")
  public String data = "";

  /** The model. */
  @Param("samples/jets.jetm")
  public String model = "";

  private final Compressor compressor = new Compressor(1);
  private final Compressor withoutDecoding = Compressor.withoutDecoding(1);
  private JetTable table = uninitialized();
  private DensityModel density = uninitialized();
  private AutoregressiveNetwork network = uninitialized();
  private Activations activations = uninitialized();
  private byte[] jetfoldBytes = {};
  private byte[] shuffled = {};
  private long multiplyAdds;

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // JMH calls set-up first.
  private static <T> T uninitialized() {
    return null;
  }

  /** Reads data and model and compresses once. */
  @Setup
  public void setUp() throws IOException {
    table = JetTable.read(data);
    density = DensityModelFile.read(Files.readAllBytes(Path.of(model)));
    network = density.network(Kernels.best());
    AutoregressiveShape shape = density.shape();
    activations = new Activations(shape);
    multiplyAdds = (long) shape.weights() * table.jets();
    shuffled = table.shuffledBytes(new Precision.Bits(7));
    jetfoldBytes = compressed(compressor);
    System.out.printf(
        "%n%s: %d jets, %d weights, %s, jetfold %d bytes%n",
        data, table.jets(), shape.weights(), Kernels.best().name(), jetfoldBytes.length);
  }

  /** Ends the workers. */
  @TearDown
  public void tearDown() {
    compressor.close();
    withoutDecoding.close();
  }

  private byte[] compressed(Compressor with) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    with.compress(
        table.source(),
        Compression.asTrained(table.table().schema(), ModelUse.of(density)),
        out,
        entries -> {});
    return out.toByteArray();
  }

  /** See the class. */
  @Benchmark
  public byte[] compress() throws IOException {
    return compressed(compressor);
  }

  /** See the class. */
  @Benchmark
  public byte[] compressWithoutDecoding() throws IOException {
    return compressed(withoutDecoding);
  }

  /** See the class. */
  @Benchmark
  public int decompress() throws IOException {
    try (Decompressor decompressor =
            new Decompressor(ByteSource.of(jetfoldBytes), 1, hash -> Optional.of(density));
        TableSource source = decompressor.read()) {
      return JetTable.rows(source);
    }
  }

  /** See the class. */
  @Benchmark
  public float network() {
    int jets = table.jets();
    for (int row = 0; row < jets; row += Kernel.ROWS) {
      for (int column = 0; column < network.shape().columns(); column++) {
        network.step(column, activations, Math.min(Kernel.ROWS, jets - row));
      }
    }
    return activations.mixtures()[0];
  }

  /** See the class. */
  @Benchmark
  public float peak() {
    return MultiplyAdds.inRegisters(multiplyAdds);
  }

  /** See the class. */
  @Benchmark
  public byte[] zstd() {
    return Zstd.compress(shuffled, 19);
  }
}
