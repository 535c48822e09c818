package org.jetfold.bench;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.file.ByteSource;
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
 * The static codec against zstd level 3 on the same bytes of floats. Timed regions, all from memory
 * to memory:
 *
 * <ul>
 *   <li>{@code compress}: float arrays to the bytes of a whole {@code .jetf} file, every stream
 *       decoded again and every value checked;
 *   <li>{@code compressWithoutDecoding}: the same without decoding the streams (values are still
 *       checked against their bounds);
 *   <li>{@code decompress}: bytes to float arrays, all checksums checked;
 *   <li>{@code zstdCompress}, {@code zstdDecompress}: the columns' bytes, one behind the other, to
 *       and from zstd-jni's bytes.
 * </ul>
 *
 * All on {@code threads} threads (zstd always on one).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 6, time = 2)
@Fork(1)
public class StaticCodecBenchmark {
  /** The table to compress. */
  @Param("samples/jets.npz")
  public String data = "";

  /** The setting of all float columns. */
  @Param({"bits:7", "rel:0.004", "rel:0.004:dither", "abs:0.01", "exact"})
  public String precision = "";

  /** Whether the values are FLOAT64, which zstd then gets, too. */
  @Param({"false", "true"})
  public boolean doubles;

  /** Threads of Jetfold. */
  @Param("1")
  public int threads;

  private JetTable table = uninitialized();
  private List<Precision> precisions = List.of();
  private byte[] floatBytes = {};
  private byte[] zstdBytes = {};
  private byte[] jetfoldBytes = {};
  private Compressor compressor = new Compressor(1);
  private Compressor withoutDecoding = new Compressor(1);

  @SuppressWarnings("NullAway") // JMH calls the set-up method before any other.
  private static JetTable uninitialized() {
    return null;
  }

  /** Reads the data and compresses it once. */
  @Setup
  public void setUp() throws IOException {
    JetTable read = JetTable.read(data);
    table = doubles ? read.asDoubles() : read;
    precisions = table.precisions(Precision.parse(precision));
    floatBytes = doubles ? table.doubleBytes() : table.floatBytes(Precision.exact());
    zstdBytes = Zstd.compress(floatBytes, 3);
    compressor = new Compressor(threads);
    withoutDecoding = Compressor.withoutDecoding(threads);
    jetfoldBytes = compressed(compressor);
    System.out.printf(
        "%n%s: %d bytes of floats, jetfold %s %d bytes, zstd -3 %d bytes%n",
        data, floatBytes.length, precision, jetfoldBytes.length, zstdBytes.length);
  }

  /** Ends the workers. */
  @TearDown
  public void tearDown() {
    compressor.close();
    withoutDecoding.close();
  }

  private byte[] compressed(Compressor with) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(floatBytes.length);
    with.compress(
        table.source(), Compression.of(table.table().schema(), precisions), out, entries -> {});
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
    try (Decompressor decompressor = new Decompressor(ByteSource.of(jetfoldBytes), threads);
        TableSource source = decompressor.read()) {
      return JetTable.rows(source);
    }
  }

  /** See the class. */
  @Benchmark
  public byte[] zstdCompress() {
    return Zstd.compress(floatBytes, 3);
  }

  /** See the class. */
  @Benchmark
  public byte[] zstdDecompress() {
    return Zstd.decompress(zstdBytes, floatBytes.length);
  }
}
