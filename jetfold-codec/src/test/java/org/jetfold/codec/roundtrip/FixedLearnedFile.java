package org.jetfold.codec.roundtrip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.density.DensityDecoder;
import org.jetfold.codec.density.DensityEncoder;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.EventOrder;
import org.jetfold.codec.density.RandomModels;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.network.Kernel;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;

/**
 * A program that compresses a table that is always the same, with a model that is always the same,
 * and prints what came out: so that JVMs can be compared. Needs nothing but the JDK.
 */
public final class FixedLearnedFile {
  /** Before each printed hash. */
  static final String HASH = "hash ";

  /** Before the name of the kernel that a JVM chose. */
  static final String KERNEL = "kernel ";

  private static final Precision PRECISION = new Precision.Bits(7);
  private static final int COLUMNS = 3;

  /** Enough that loops are compiled. */
  private static final int JETS = 1000;

  /** For kernels that are slow in some JVMs. */
  private static final int FEW_JETS = 30;

  private FixedLearnedFile() {}

  /**
   * Prints hashes of the file and of its values, and of the streams that each kernel writes, which
   * also are read back.
   *
   * @param arguments the number of threads
   */
  public static void main(String[] arguments) throws IOException {
    int threads = Integer.parseInt(arguments[0]);
    Table table = jets(new Random(11), JETS);
    DensityModel model = RandomModels.model(new Random(12), symbols(table), true, 6, 2, 0.3);
    byte[] file = compressed(table, model, threads);
    System.out.println(KERNEL + Kernels.best().name());
    System.out.println(HASH + "file " + sha256(file));
    System.out.println(HASH + "values " + sha256(values(file, threads)));
    for (Kernel kernel : Kernels.all()) {
      System.out.println(HASH + "streams " + sha256(streams(model, kernel)));
    }
  }

  private static Table jets(Random random, int jets) {
    List<Column> columns = new ArrayList<>();
    for (int column = 0; column < COLUMNS; column++) {
      columns.add(new Column("c" + column, ValueType.FLOAT32));
    }
    float[][] values = new float[COLUMNS][jets];
    for (int jet = 0; jet < jets; jet++) {
      float eta = (float) random.nextGaussian();
      values[0][jet] = 20 + 500 * random.nextFloat() * random.nextFloat();
      values[1][jet] = eta;
      values[2][jet] = random.nextInt(5) == 0 ? eta : Math.nextUp(eta);
    }
    int[] offsets = RandomModels.offsets(random, jets);
    return new Table(
        Schema.events(List.of(), "jets", columns),
        offsets.length - 1,
        List.of(offsets),
        Arrays.stream(values).map(ColumnValues.Floats::new).map(ColumnValues.class::cast).toList());
  }

  private static long[][] symbols(Table table) {
    long[][] symbols = new long[COLUMNS][table.entries(1)];
    for (int column = 0; column < COLUMNS; column++) {
      Quantizer.of(PRECISION, ValueType.FLOAT32)
          .quantize(table.values(column), 0, symbols[column].length, symbols[column]);
    }
    return symbols;
  }

  private static byte[] compressed(Table table, DensityModel model, int threads)
      throws IOException {
    List<Precision> precisions = List.of(PRECISION, PRECISION, PRECISION);
    try (Compressor compressor = new Compressor(threads)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      compressor.compress(
          new PiecedSource(table),
          Compression.of(table.schema(), precisions, ModelUse.embedded(model).withoutFallback()),
          out,
          entries -> {});
      return out.toByteArray();
    }
  }

  private static byte[] values(byte[] file, int threads) throws IOException {
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), threads)) {
      Projection all = Projection.all(decompressor.header().schema());
      ByteWriter out = new ByteWriter();
      for (Table block : JetfBytes.blocks(decompressor, all)) {
        for (int column = 0; column < COLUMNS; column++) {
          for (long bits : TableBits.of(block.values(column))) {
            out.u64(bits);
          }
        }
      }
      return out.toByteArray();
    }
  }

  private static byte[] streams(DensityModel model, Kernel kernel) {
    Table table = jets(new Random(13), FEW_JETS);
    long[][] symbols = symbols(table);
    EventOrder order = EventOrder.of(table.offsets(1));
    ByteWriter[] out = new ByteWriter[COLUMNS];
    Arrays.setAll(out, column -> new ByteWriter());
    DensityEncoder encoder = new DensityEncoder(model, kernel);
    encoder.encode(encoder.intervals(symbols, order), order, out);
    ByteReader[] in = new ByteReader[COLUMNS];
    Arrays.setAll(in, column -> new ByteReader(out[column].toByteArray(), 0));
    if (!Arrays.deepEquals(symbols, new DensityDecoder(model, kernel).decode(in, order))) {
      throw new IllegalStateException("streams do not come back from " + kernel.name());
    }
    ByteWriter together = new ByteWriter();
    for (ByteWriter stream : out) {
      together.raw(stream.array(), 0, stream.size());
    }
    return together.toByteArray();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
