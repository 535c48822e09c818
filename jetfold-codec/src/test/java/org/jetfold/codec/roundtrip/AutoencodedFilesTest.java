package org.jetfold.codec.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jetfold.codec.random.RandomAutoencodedFiles.NAMES;
import static org.jetfold.codec.random.RandomAutoencodedFiles.jets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.autoencoder.Activation;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderFile;
import org.jetfold.codec.autoencoder.InputRows;
import org.jetfold.codec.autoencoder.JetNetworks;
import org.jetfold.codec.autoencoder.LatentPrior;
import org.jetfold.codec.autoencoder.RandomAutoencoders;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.BoundCheck;
import org.jetfold.codec.quantize.ErrorExtremes;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tables come back from files with autoencoders: what is bounded within its bound, the rest as
 * told.
 */
class AutoencodedFilesTest {
  private static final int MINOR_VERSION = 9;

  private static byte[] compressed(
      Table table, List<Precision> precisions, ModelUse use, int threads) throws IOException {
    try (Compressor compressor = new Compressor(threads)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      compressor.compress(
          new PiecedSource(table),
          Compression.of(table.schema(), precisions, use),
          out,
          entries -> {});
      return out.toByteArray();
    }
  }

  private static List<Table> blocks(byte[] file, Set<Integer> columns) throws IOException {
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 2)) {
      decompressor.verify();
      return JetfBytes.blocks(decompressor, Projection.of(decompressor.header().schema(), columns));
    }
  }

  private static Footer footer(byte[] file) throws IOException {
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 1)) {
      return decompressor.footer();
    }
  }

  private static List<Precision> exact() {
    return List.copyOf(Collections.nCopies(5, Precision.exact()));
  }

  /** The network restores the variables, and the column behind them is kept. */
  private static List<Precision> measured() {
    List<Precision> precisions = new ArrayList<>(exact());
    Collections.fill(precisions.subList(0, NAMES.size()), Precision.measured());
    return precisions;
  }

  @Tag("slow")
  @Test
  void everyColumnKeepsItsSetting() {
    RandomCase.each(
        30,
        any -> {
          int count = any.between(1, 400);
          int together = any.between(1, 3);
          int keptByModel = any.between(0, 2);
          boolean special = any.flag();
          int memory = any.flag() ? 0 : any.between(1, 40);
          Activation activation = any.oneOf(Activation.values());
          Random random = new Random(any.bits());
          Table table = jets(random, count, special);
          Autoencoder model =
              RandomAutoencoders.model(
                  random, NAMES, keptByModel, together, 2, List.of(9, 5), activation, memory);
          List<Precision> choices =
              List.of(
                  Precision.measured(),
                  Precision.measured(),
                  Precision.exact(),
                  new Precision.Bits(7),
                  new Precision.Relative(0.01),
                  new Precision.Absolute(0.05),
                  Precision.parse("rel:0.01:dither"),
                  Precision.parse("abs:0.05:dither"));
          List<Precision> choicesOfKept =
              List.of(
                  Precision.exact(),
                  new Precision.Bits(7),
                  new Precision.Absolute(0.05),
                  Precision.parse("rel:0.01:dither"),
                  Precision.parse("abs:0.05:dither"));
          List<String> kept = new ArrayList<>();
          List<Precision> precisions = new ArrayList<>();
          for (int column = 0; column < 5; column++) {
            Precision chosen = choices.get(random.nextInt(choices.size()));
            boolean restored = column >= keptByModel && column < 4;
            if (restored && column < 3 && random.nextInt(4) == 0) {
              kept.add(NAMES.get(column));
              restored = false;
            }
            precisions.add(
                restored ? chosen : choicesOfKept.get(random.nextInt(choicesOfKept.size())));
          }
          List<Precision> latents =
              List.of(Precision.exact(), new Precision.Bits(5), new Precision.Absolute(0.1));
          Precision ofLatents = latents.get(random.nextInt(3));
          Autoencoder used =
              random.nextBoolean()
                  ? model
                  : RandomAutoencoders.withPrior(
                      random, model, ofLatents, together == 1 && random.nextBoolean(), 1);
          ModelUse use =
              ModelUse.embedded(used).withLatents(ofLatents).withKept(kept).withBounds(true);
          byte[] file = compressed(table, precisions, use, 2);
          assertThat(compressed(table, precisions, use, 1)).isEqualTo(file);
          List<Table> blocks = blocks(file, Set.of(0, 1, 2, 3, 4));
          RoundTripTest.checkAgainstReference(file);
          List<ColumnStatistics> stated =
              ((Footer.Section.Block)
                      footer(file).sections().stream()
                          .filter(Footer.Section.Block.class::isInstance)
                          .findFirst()
                          .orElseThrow())
                  .columns();
          assertThat(blocks).hasSize(1);
          for (int column = 0; column < 5; column++) {
            ErrorExtremes extremes = new ErrorExtremes();
            int violation =
                BoundCheck.of(precisions.get(column), table.schema().columns().get(column).type())
                    .firstViolation(
                        table.values(column),
                        0,
                        blocks.getFirst().values(column),
                        0,
                        count,
                        extremes);
            assertThat(violation).as("column %d %s", column, precisions.get(column)).isEqualTo(-1);
            if (precisions.get(column) instanceof Precision.Measured) {
              ColumnStatistics statistics = stated.get(column);
              assertThat(statistics.largestError()).isEqualTo(extremes.largestAbsolute());
              assertThat(statistics.measurement().largestRelative())
                  .isEqualTo(extremes.largestRelative());
            }
            // A column alone is what it is among others.
            assertThat(TableBits.of(blocks(file, Set.of(column)).getFirst().values(0)))
                .isEqualTo(TableBits.of(blocks.getFirst().values(column)));
          }
          assertThat(blocks.getFirst().offsets(1)).isEqualTo(table.offsets(1));
        });
  }

  @Test
  void spikesComeBackWithinBounds() {
    RandomCase.each(
        20,
        any -> {
          Table table = jets(new Random(any.bits()), 300, any.flag());
          Autoencoder model =
              RandomAutoencoders.model(
                  new Random(any.bits()), NAMES, 0, 1, 2, List.of(5), Activation.TANH);
          List<Precision> precisions = new ArrayList<>(exact());
          for (int column = 0; column < 4; column++) {
            precisions.set(
                column,
                any.oneOf(
                    Precision.parse("rel:0.01"),
                    Precision.parse("bits:3"),
                    Precision.parse("abs:0.3"),
                    Precision.parse("rel:0.01:dither"),
                    Precision.parse("abs:0.3:dither")));
          }
          float[] pt = ((ColumnValues.Floats) table.values(0)).values();
          for (int i = 0; i < pt.length; i += 3) {
            pt[i] = -999.1f;
          }
          byte[] file = compressed(table, precisions, ModelUse.embedded(model).withBounds(true), 1);
          RoundTripTest.checkAgainstReference(file);
          float[] back =
              ((ColumnValues.Floats) blocks(file, Set.of(0)).getFirst().values(0)).values();
          for (int i = 0; i < pt.length; i += 3) {
            assertThat(back[i]).isEqualTo(-999.1f);
          }
        });
  }

  @Test
  void whatTheNetworkCannotTakeIsKeptAndCounted() throws IOException {
    Table table = jets(new Random(1), 300, true);
    Autoencoder model =
        RandomAutoencoders.model(new Random(2), NAMES, 0, 1, 2, List.of(5), Activation.TANH);
    List<Precision> precisions = measured();
    ModelUse use = ModelUse.embedded(model).withBounds(true);
    byte[] file = compressed(table, precisions, use, 1);
    float[] before = ((ColumnValues.Floats) table.values(0)).values();
    float[] after = ((ColumnValues.Floats) blocks(file, Set.of(0)).getFirst().values(0)).values();
    long exceptions = 0;
    for (int i = 0; i < before.length; i++) {
      // log10(0.5 x + 1)
      if (!(0.5 * before[i] + 1 > 0) || Float.isInfinite(before[i])) {
        exceptions++;
        assertThat(Float.floatToRawIntBits(after[i])).isEqualTo(Float.floatToRawIntBits(before[i]));
      }
    }
    assertThat(exceptions).isPositive();
    Footer.Section.Block block = (Footer.Section.Block) footer(file).sections().getLast();
    assertThat(block.columns().getFirst().measurement().exceptions()).isEqualTo(exceptions);
  }

  private static float[][] latents(Autoencoder model, Table table) {
    JetNetworks networks = new JetNetworks(model, Kernels.best());
    double[][] values = new double[NAMES.size()][table.entries(1)];
    for (int v = 0; v < values.length; v++) {
      ColumnValues column = table.values(v);
      for (int i = 0; i < values[v].length; i++) {
        values[v][i] =
            switch (column) {
              case ColumnValues.Floats(float[] floats) -> floats[i];
              case ColumnValues.Doubles(double[] doubles) -> doubles[i];
              case ColumnValues.Integers(long[] integers) -> integers[i];
            };
      }
    }
    float[][] normalized = new float[values.length][];
    for (int v = 0; v < values.length; v++) {
      normalized[v] = networks.normalized(v, values);
    }
    return networks.encode(normalized, InputRows.single(table.entries(1)));
  }

  /** A prior codes latents where that takes fewer bytes, and never changes a value. */
  @Test
  void aPriorCodesLatentsThatItSuits() throws IOException {
    Table table = jets(new Random(1), 900, false);
    Autoencoder model =
        RandomAutoencoders.model(new Random(2), NAMES, 0, 1, 2, List.of(5), Activation.TANH);
    Precision latents = new Precision.Absolute(0.01);
    List<Precision> precisions = measured();
    byte[] without = compressed(table, precisions, ModelUse.of(model).withLatents(latents), 1);
    for (boolean events : new boolean[] {false, true}) {
      Autoencoder suits =
          RandomAutoencoders.withPrior(
              new Random(3), model, latents, events, latents(model, table));
      assertThat(suits.latents()).isEqualTo(latents);
      assertThat(AutoencoderFile.read(suits.bytes()).hash()).isEqualTo(suits.hash());
      ModelUse use = ModelUse.embedded(suits);
      byte[] file = compressed(table, precisions, use, 2);
      assertThat(compressed(table, precisions, use.withEmbedded(false), 2))
          .hasSizeLessThan(without.length);
      Table same =
          blocks(
                  compressed(table, precisions, ModelUse.embedded(model).withLatents(latents), 1),
                  Set.of(0, 1, 2, 3))
              .getFirst();
      Table back = blocks(file, Set.of(0, 1, 2, 3)).getFirst();
      for (int column = 0; column < 4; column++) {
        assertThat(TableBits.of(back.values(column))).isEqualTo(TableBits.of(same.values(column)));
      }
      RoundTripTest.checkAgainstReference(file);
      // One of latents a thousand times as small takes more bytes for each than none.
      Autoencoder other = RandomAutoencoders.withPrior(new Random(3), model, latents, events, 5e-4);
      assertThat(compressed(table, precisions, ModelUse.of(other), 2)).hasSize(without.length);
      // Latents of another precision are not its latents.
      ModelUse finer = ModelUse.embedded(suits).withLatents(new Precision.Absolute(0.005));
      RoundTripTest.checkAgainstReference(compressed(table, precisions, finer, 2));
    }
  }

  /** Without lists there are no events, so a prior that knows them is not used. */
  @Test
  void aPriorOfEventsCodesNoRows() throws IOException {
    Table events = jets(new Random(1), 900, false);
    Table rows =
        new Table(
            Schema.flat(events.schema().columns()),
            900,
            List.of(),
            IntStream.range(0, 5).mapToObj(events::values).toList());
    Autoencoder model =
        RandomAutoencoders.model(new Random(2), NAMES, 0, 1, 2, List.of(5), Activation.TANH);
    Precision latents = new Precision.Absolute(0.01);
    List<Precision> precisions = measured();
    Autoencoder suits = RandomAutoencoders.withPrior(new Random(3), model, latents, true, 0.5);
    byte[] file = compressed(rows, precisions, ModelUse.embedded(suits), 1);
    RoundTripTest.checkAgainstReference(file);
    assertThat(compressed(rows, precisions, ModelUse.of(suits), 1))
        .hasSameSizeAs(compressed(rows, precisions, ModelUse.of(model).withLatents(latents), 1));
  }

  @Test
  void aPriorMustBeOfTheLatents() {
    Autoencoder model =
        RandomAutoencoders.model(new Random(2), NAMES, 0, 2, 3, List.of(5), Activation.TANH);
    Autoencoder two =
        RandomAutoencoders.model(new Random(2), NAMES, 0, 1, 2, List.of(5), Activation.TANH);
    Precision latents = new Precision.Absolute(0.01);
    LatentPrior ofTwo =
        RandomAutoencoders.withPrior(new Random(3), two, latents, true, 0.5).prior();
    assertThatThrownBy(() -> model.withPrior(ofTwo))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the prior has 2 latents, and the autoencoder 3");
    assertThatThrownBy(() -> RandomAutoencoders.withPrior(new Random(3), model, latents, true, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tells jets of an event apart");
  }

  @Test
  void aModelThatDoesNotSuitIsRefused() {
    Table table = jets(new Random(1), 30, false);
    Autoencoder model =
        RandomAutoencoders.model(
            new Random(2), List.of("pt", "etta"), 0, 1, 1, List.of(5), Activation.TANH);
    ModelUse use = ModelUse.embedded(model).withBounds(true);
    assertThatThrownBy(() -> compressed(table, exact(), use, 1))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("etta")
        .hasMessageContaining("did you mean eta");
    Autoencoder all =
        RandomAutoencoders.model(
            new Random(2), List.of("pt", "eta"), 0, 1, 1, List.of(5), Activation.TANH);
    ModelUse nothing = ModelUse.embedded(all).withKept(List.of("pt", "eta"));
    assertThatThrownBy(() -> compressed(table, exact(), nothing, 1))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("nothing is left");
  }

  /** What a joker, not a disk, would do to a file is in org.jetfold.codec.damage. */
  @Test
  void everyDamageOfAModelIsFound() {
    Autoencoder model =
        RandomAutoencoders.model(new Random(2), NAMES, 1, 2, 2, List.of(5), Activation.TANH);
    everyDamageIsFound(model.bytes());
    everyDamageIsFound(
        RandomAutoencoders.withPrior(new Random(3), model, new Precision.Bits(3), false, 1)
            .bytes());
  }

  private static void everyDamageIsFound(byte[] bytes) {
    Random random = new Random(1);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> AutoencoderFile.read(cut))
          .isInstanceOf(MalformedBytesException.class);
    }
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = bytes.clone();
      int at = random.nextInt(damaged.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      // The minor version may be any; all else has a checksum.
      if (at != MINOR_VERSION) {
        assertThatThrownBy(() -> AutoencoderFile.read(damaged))
            .isInstanceOf(MalformedBytesException.class);
      }
    }
  }
}
