package org.jetfold.codec.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.RecoveringSource;
import org.jetfold.codec.autoencoder.Activation;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderFile;
import org.jetfold.codec.autoencoder.InputRows;
import org.jetfold.codec.autoencoder.JetNetworks;
import org.jetfold.codec.autoencoder.RandomAutoencoders;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.density.DensityDecoder;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.DensityModelFile;
import org.jetfold.codec.density.EventOrder;
import org.jetfold.codec.entropy.Distribution;
import org.jetfold.codec.entropy.DistributionReader;
import org.jetfold.codec.entropy.StreamBuffers;
import org.jetfold.codec.entropy.StreamDecoder;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.MissingModelException;
import org.jetfold.codec.file.UnsupportedFormatException;
import org.jetfold.codec.forge.ForgedBytes;
import org.jetfold.codec.forge.ForgedFile;
import org.jetfold.codec.forge.ForgedHeader;
import org.jetfold.codec.forge.ForgedTable;
import org.jetfold.codec.forge.ForgedTree;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.reference.HeaderFields;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;

/** Any bytes are read or refused; nothing else comes out of a reader. */
class ReaderFuzzTest {
  private static final int MAX_SYMBOLS = 5000;
  private static final int FEW_ROWS = 20;
  private static final Schema NAMED =
      Schema.events(
          List.of(new Column("event", ValueType.UINT64)),
          "jets",
          List.of(new Column("pt", ValueType.FLOAT32), new Column("m", ValueType.FLOAT64)));

  /** Of columns that no model codes. */
  private static final int[] PRECISIONS = {
    0, 1, 2, 3, HeaderFields.DITHERED_RELATIVE, HeaderFields.DITHERED_ABSOLUTE
  };

  private static void checkOffset(long offset, long size) {
    if (offset < 0 || offset > size) {
      throw new AssertionError("byte " + offset + " of " + size);
    }
  }

  @FuzzTest(maxDuration = "60s")
  void verify(byte[] bytes) throws IOException {
    try (Decompressor decompressor = new Decompressor(ByteSource.of(bytes), 1)) {
      decompressor.verify();
    } catch (DamagedFileException e) {
      checkOffset(e.offset(), bytes.length);
    } catch (UnsupportedFormatException | MissingModelException e) {
      // A version, feature or model that is not known.
    }
  }

  @FuzzTest(maxDuration = "60s")
  void recover(byte[] bytes) throws IOException {
    try (Decompressor decompressor = new Decompressor(ByteSource.of(bytes), 1);
        RecoveringSource source =
            decompressor.recover(Projection.all(decompressor.header().schema()))) {
      drain(source);
    } catch (DamagedFileException e) {
      checkOffset(e.offset(), bytes.length);
    } catch (UnsupportedFormatException | MissingModelException e) {
      // A version, feature or model that is not known.
    }
  }

  private static void drain(TableSource source) throws IOException {
    while (source.next(1) != null) {
      // Each block is decoded on the way.
    }
  }

  @FuzzTest(maxDuration = "60s")
  void header(byte[] head) throws IOException {
    ForgedFile file = new ForgedFile(1, 0).frame('H', head, new byte[0]);
    byte[] bytes = file.bytes();
    try {
      new ContainerReader(ByteSource.of(bytes)).header();
    } catch (DamagedFileException e) {
      checkOffset(e.offset(), bytes.length);
    } catch (UnsupportedFormatException e) {
      // A version or feature that is not known.
    }
  }

  @FuzzTest(maxDuration = "60s")
  void distributionAndStream(FuzzedDataProvider data) {
    byte[] description = data.consumeBytes(400);
    try {
      DistributionReader reader = new DistributionReader(description, 0, description.length, 0);
      Distribution distribution = reader.read();
      reader.read();
      int count = data.consumeInt(0, MAX_SYMBOLS);
      byte[] stream = data.consumeRemainingAsBytes();
      long[] symbols = new long[count];
      new StreamDecoder(distribution)
          .decode(new ByteReader(stream, 0), symbols, count, new long[count], new StreamBuffers());
    } catch (MalformedBytesException e) {
      checkOffset(e.offset(), Integer.MAX_VALUE);
    }
  }

  /**
   * A model's fields are anything, but its checksum is right. What is read as a model also decodes
   * the same bytes as a stream.
   */
  @FuzzTest(maxDuration = "60s")
  void model(byte[] fields) {
    byte[] file = modelFile(fields);
    try {
      DensityModel model = DensityModelFile.read(file);
      EventOrder order =
          model.description().events()
              ? EventOrder.of(new int[] {0, 0, 3, FEW_ROWS})
              : EventOrder.withoutEvents(FEW_ROWS);
      ByteReader[] in = {new ByteReader(fields, 0)};
      new DensityDecoder(model, Kernels.best()).decode(in, order);
    } catch (MalformedBytesException e) {
      checkOffset(e.offset(), file.length);
    }
  }

  /** Any text is rules, or refused in a line. */
  @FuzzTest(maxDuration = "60s")
  void precisionRules(FuzzedDataProvider data) {
    try {
      PrecisionRules.parse(data.consumeRemainingAsString()).resolve(NAMED);
    } catch (PrecisionException e) {
      if (String.valueOf(e.getMessage()).contains("null")) {
        throw new AssertionError("says nothing", e);
      }
    }
  }

  private static byte[] modelFile(byte[] fields) {
    CRC32C crc = new CRC32C();
    crc.update(fields);
    byte[] magic = {(byte) 0x8A, 'J', 'E', 'T', 'M', '\r', '\n', 0x1A};
    return new ForgedBytes().raw(magic).u8(1).u8(0).u32(crc.getValue()).raw(fields).bytes();
  }

  /** The same for autoencoders: what is read as one gives finite numbers, whatever goes in. */
  @FuzzTest(maxDuration = "60s")
  void autoencoder(byte[] fields) {
    byte[] file = modelFile(fields);
    try {
      Autoencoder model = AutoencoderFile.read(file);
      JetNetworks networks = new JetNetworks(model, Kernels.best());
      InputRows rows =
          InputRows.ofEvents(new int[] {0, 0, 3, FEW_ROWS}, model.description().jets());
      int variables = model.description().variables().size();
      float[][] normalized = new float[variables][];
      boolean[] wanted = new boolean[variables];
      double[][] inputs = new double[variables][FEW_ROWS];
      for (int v = 0; v < variables; v++) {
        for (int i = 0; i < FEW_ROWS; i++) {
          inputs[v][i] = Float.intBitsToFloat(fields[(v + i) % fields.length] << 24 | i);
        }
      }
      for (int v = 0; v < variables; v++) {
        normalized[v] = networks.normalized(v, inputs);
        wanted[v] = true;
      }
      float[][] latents = networks.encode(normalized, rows);
      for (double[] values : networks.decode(latents, normalized, wanted, rows)) {
        for (double value : values) {
          if (!Double.isFinite(value)) {
            throw new AssertionError("a value that is " + value);
          }
        }
      }
    } catch (MalformedBytesException e) {
      checkOffset(e.offset(), file.length);
    }
  }

  /** Three columns, two of them in a list. */
  private static HeaderFields fields(int type, int precision) {
    long setting = precision == 1 ? 7 : precision == 0 ? 0 : Double.doubleToRawLongBits(0.1);
    return new HeaderFields(
        "fuzz",
        List.of(),
        List.of(new HeaderFields.Group("", -1), new HeaderFields.Group("jets", 0)),
        List.of(
            new HeaderFields.Column(0, "event", type, 0, "", 0, 0, 0),
            new HeaderFields.Column(1, "pt", 10, 0, "", precision, setting, 0),
            new HeaderFields.Column(1, "m", 10, 0, "", precision, setting, 0)));
  }

  /** The fields are anything, but every checksum is right: so the search gets behind them. */
  @FuzzTest(maxDuration = "60s")
  void rightChecksums(FuzzedDataProvider data) throws IOException {
    HeaderFields fields =
        fields(data.consumeInt(1, 11), PRECISIONS[data.consumeInt(0, PRECISIONS.length - 1)]);
    ForgedFile file = new ForgedFile(1, data.consumeInt(0, 2));
    file.frame('H', ForgedHeader.write(fields, 0), new byte[0]);
    ForgedTable table = new ForgedTable(fields, file);
    table.distributions(data.consumeBytes(300));
    for (int block = data.consumeInt(0, 3); block > 0; block--) {
      long[] entries = {data.consumeInt(0, 70), data.consumeInt(0, MAX_SYMBOLS)};
      List<byte[]> streams = new ArrayList<>();
      for (int stream = 0; stream < 4; stream++) {
        streams.add(data.consumeBytes(data.consumeInt(0, 80)));
      }
      long bits = data.consumeLong();
      ForgedTable.Statistics told = statistics(entries[0], false, bits);
      boolean isLossy = fields.columns().get(1).precision() != 0;
      ForgedTable.Statistics lossy = statistics(entries[1], isLossy, bits);
      table.block(entries, streams, Arrays.asList(told, lossy, lossy));
    }
    if (data.consumeBoolean()) {
      file.frame(data.consumeInt(0, 255), data.consumeBytes(60), data.consumeBytes(9));
    }
    byte[] footer = data.consumeBoolean() ? table.footer() : data.consumeRemainingAsBytes();
    file.frame('F', footer, new byte[0]);
    byte[] bytes = file.trailer(file.lastOffset());
    verify(bytes);
    recover(bytes);
  }

  /**
   * Jets whose pt is measured and whose m is within a bound, both restored by an autoencoder. All
   * is right but what the streams hold, which is anything of the right length, mostly.
   */
  @FuzzTest(maxDuration = "60s")
  void autoencodedStreams(FuzzedDataProvider data) throws IOException {
    int together = data.consumeInt(1, 3);
    Autoencoder model =
        RandomAutoencoders.model(
            new Random(1), List.of("pt", "m"), 0, together, 1, List.of(3), Activation.TANH);
    int precision = data.consumeInt(0, 3);
    long setting = precision == 1 ? 7 : precision == 0 ? 0 : Double.doubleToRawLongBits(0.1);
    HeaderFields fields =
        new HeaderFields(
            "fuzz",
            List.of(
                new HeaderFields.Model(
                    Autoencoder.KIND, model.hash(), true, 1, new HeaderFields.Setting(0, 0))),
            List.of(new HeaderFields.Group("", -1), new HeaderFields.Group("jets", 0)),
            List.of(
                new HeaderFields.Column(1, "pt", 10, 0, "", HeaderFields.MEASURED, 0, 1),
                new HeaderFields.Column(1, "m", 11, 0, "", precision, setting, 1)));
    ForgedFile file = new ForgedFile(1, 0);
    file.frame('H', ForgedHeader.write(fields, 0), new byte[0]);
    file.frame('M', new byte[] {0}, model.bytes());
    ForgedTable table = new ForgedTable(fields, file);
    int jets = data.consumeInt(1, 4);
    int events = data.consumeInt(1, 9);
    table.distributions(
        List.of(
            ForgedTree.ofOneLeaf(1, 0, jets),
            ForgedTree.empty(),
            ForgedTree.ofOneLeaf(1, 8, 0),
            ForgedTree.ofOneLeaf(1, Integer.SIZE, -1)));
    int rows = events * ((jets + together - 1) / together);
    List<byte[]> streams =
        List.of(
            new byte[0],
            data.consumeBytes(data.consumeInt(0, 40)),
            data.consumeBytes(events * jets),
            data.consumeBytes(rows * Float.BYTES));
    long bits = data.consumeLong();
    long[] entries = {events, (long) events * jets};
    table.block(
        entries,
        streams,
        List.of(statistics(entries[1], true, bits), statistics(entries[1], precision != 0, bits)));
    byte[] bytes = table.finish();
    verify(bytes);
    recover(bytes);
  }

  private static ForgedTable.Statistics statistics(long values, boolean isLossy, long bits) {
    int flags = (values == 0 ? 0 : 1) | (isLossy ? 2 : 0);
    return new ForgedTable.Statistics(flags, 0, bits, bits, isLossy ? 0.1 : 0);
  }
}
