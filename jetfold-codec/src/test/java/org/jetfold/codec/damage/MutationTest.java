package org.jetfold.codec.damage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.RoundTrip;
import org.jetfold.codec.autoencoder.Activation;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.RandomAutoencoders;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.comparison.PrecisionCheck;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.RandomModels;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.forge.ForgedFile;
import org.jetfold.codec.golden.CollectionFiles;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.pipeline.ModelKinds;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.testing.Mutations;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Changes bytes of files and mends the checksums, as no accident does: what comes of it is read, or
 * refused in a line that says why. As many as one likes:
 *
 * <pre>
 * ./mvnw -pl jetfold-codec test -Dtest=MutationTest -Djetfold.mutations=100000 -Djetfold.seed=1
 * </pre>
 *
 * <p>The seed of a failure makes the same mutation again, as the only one. {@link DamageTest}
 * leaves the checksums as they are.
 */
class MutationTest {
  private static final int USUAL = 300;
  private static final int START = 10;
  private static final int PREFIX = 21;
  private static final int JETS = 40;

  private interface Reading {
    void run() throws IOException;
  }

  private static Mutations.Attempt attempt(Reading reading) {
    return () -> {
      try {
        reading.run();
        return true;
      } catch (MalformedBytesException | JetfoldException e) {
        if (String.valueOf(e.getMessage()).contains("null")) {
          throw new AssertionError("says nothing", e);
        }
        return false;
      }
    };
  }

  @Test
  void aWholeFileHasNothingToMend() throws IOException {
    for (Subject subject : Subject.all()) {
      assertThat(mended(subject.file(), subject.frames())).isEqualTo(subject.file());
    }
  }

  @Tag("slow")
  @Test
  void filesWhoseChecksumsAreMended() throws IOException {
    List<Subject> subjects = Subject.all();
    Mutations.each(
        ".jetf (heads of frames)",
        USUAL,
        seed -> {
          byte[] file = changed(subjects.get((int) (seed % subjects.size())), new Random(seed));
          return attempt(() -> {
            recover(file);
            verify(file);
          });
        });
  }

  private static void verify(byte[] file) throws IOException {
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 1)) {
      decompressor.verify();
    } catch (DamagedFileException e) {
      assertThat(e.offset()).isBetween(0L, (long) file.length);
      throw e;
    }
  }

  private static void recover(byte[] file) throws IOException {
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 1);
        TableSource source = decompressor.recover(Projection.all(decompressor.header().schema()))) {
      source.forEachPiece(_ -> {});
    } catch (JetfoldException _) {
      // Verifying tells more.
    }
  }

  /**
   * A file with changes in the head of a frame: the checksums of the frame, of those that it salts,
   * and of the footer that lists them are right.
   */
  private static byte[] changed(Subject subject, Random random) {
    byte[] file = subject.file().clone();
    int at = subject.frames().get(random.nextInt(subject.frames().size() - 1));
    Mutations.change(file, at + PREFIX, at + PREFIX + headLength(file, at), random);
    return mended(file, subject.frames());
  }

  private static byte[] mended(byte[] file, List<Integer> frames) {
    List<Integer> old = new ArrayList<>();
    ForgedFile forged = new ForgedFile(file[8], file[9]);
    List<Integer> made = new ArrayList<>();
    for (int frame = 0; frame + 1 < frames.size(); frame++) {
      int at = frames.get(frame);
      int body = at + PREFIX + headLength(file, at);
      byte[] head = Arrays.copyOfRange(file, at + PREFIX, body);
      if (file[at + 4] == 'F') {
        for (int i = 0; i < old.size(); i++) {
          replace(head, old.get(i), made.get(i));
        }
      }
      forged.frame(file[at + 4], head, Arrays.copyOfRange(file, body, frames.get(frame + 1)));
      old.add(littleEndian(file).getInt(at + PREFIX - Integer.BYTES));
      made.add(forged.lastCheck());
    }
    return forged.trailer(forged.lastOffset());
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int headLength(byte[] file, int frame) {
    return littleEndian(file).getInt(frame + 9);
  }

  private static void replace(byte[] bytes, int old, int other) {
    ByteBuffer numbers = littleEndian(bytes);
    for (int at = 0; at + Integer.BYTES <= bytes.length; at++) {
      if (numbers.getInt(at) == old) {
        numbers.putInt(at, other);
        return;
      }
    }
  }

  /** Whatever is read as a model codes a table of its columns, and restores it. */
  @Test
  void modelsWhoseChecksumsAreMended() {
    List<LearnedModel> models = models();
    Mutations.each(
        ".jetm (all of the model)",
        USUAL,
        seed -> {
          Random random = new Random(seed);
          byte[] bytes = models.get((int) (seed % models.size())).bytes();
          Mutations.change(bytes, START + Integer.BYTES, bytes.length, random);
          CRC32C crc = new CRC32C();
          crc.update(bytes, START + Integer.BYTES, bytes.length - START - Integer.BYTES);
          littleEndian(bytes).putInt(START, (int) crc.getValue());
          return attempt(() -> use(ModelKinds.KNOWN.read(bytes), random));
        });
  }

  private static List<LearnedModel> models() {
    Random random = new Random(1);
    List<LearnedModel> models = new ArrayList<>();
    for (boolean events : new boolean[] {true, false}) {
      models.add(
          RandomModels.model(random, RandomModels.symbols(random, 4, 200), events, 9, 2, 0.5));
      models.add(
          RandomAutoencoders.model(
              random,
              List.of("pt", "eta", "m"),
              events ? 1 : 0,
              events ? 2 : 1,
              2,
              List.of(5),
              events ? Activation.TANH : Activation.LEAKY_RELU));
    }
    models.addAll(CollectionFiles.models(CollectionFiles.sample("bits:7", 30)));
    return models;
  }

  private static Table table(LearnedModel model, Random random) {
    if (model instanceof DensityModel density && density.description().collection() != null) {
      return CollectionFiles.sample("bits:7", 30).table();
    }
    List<Column> columns = columns(model);
    return new Table(
        Schema.events(List.of(), "jets", columns),
        3,
        List.of(new int[] {0, 5, 5, JETS}),
        columns.stream().map(column -> values(column.type(), random)).toList());
  }

  private static List<Column> columns(LearnedModel model) {
    return switch (model) {
      case DensityModel density ->
          density.description().columns().stream()
              .map(column -> new Column(column.name(), column.type()))
              .toList();
      case Autoencoder autoencoder ->
          autoencoder.description().variables().stream()
              .map(AutoencoderVariable::name)
              .map(name -> new Column(name, ValueType.FLOAT32))
              .toList();
      default -> throw new AssertionError("a model of another kind");
    };
  }

  private static void use(LearnedModel model, Random random) throws IOException {
    Table table = table(model, random);
    Compression plan =
        Compression.asTrained(table.schema(), ModelUse.embedded(model).withoutFallback());
    Table restored = RoundTrip.of(table, plan, 1).table();
    assertThat(
            PrecisionCheck.of(
                    TableSource.of(table),
                    TableSource.of(restored),
                    plan.precisions().columns(),
                    _ -> {})
                .passed())
        .isTrue();
  }

  private static ColumnValues values(ValueType type, Random random) {
    ColumnValues values = ColumnValues.zeros(type, JETS);
    for (int i = 0; i < JETS; i++) {
      double value =
          random.nextInt(10) == 0
              ? Float.intBitsToFloat(random.nextInt())
              : Math.exp(random.nextGaussian());
      switch (values) {
        case ColumnValues.Floats(float[] floats) -> floats[i] = (float) value;
        case ColumnValues.Doubles(double[] doubles) -> doubles[i] = value;
        case ColumnValues.Integers(long[] integers) ->
            integers[i] = Math.clamp((long) value, type.minimum(), type.maximum());
      }
    }
    return values;
  }
}
