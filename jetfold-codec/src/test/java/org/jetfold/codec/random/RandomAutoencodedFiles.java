package org.jetfold.codec.random;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.autoencoder.Activation;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.RandomAutoencoders;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.roundtrip.PiecedSource;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;

/** Tables of jets for autoencoders, and files that the writer makes of them with a random one. */
public final class RandomAutoencodedFiles {
  /** The variables that models see. */
  public static final List<String> NAMES = List.of("pt", "eta", "phi", "m");

  private RandomAutoencodedFiles() {}

  /**
   * Events of jets with the variables, and a column that no model sees.
   *
   * @param special whether some values are none that a network can take
   */
  public static Table jets(Random random, int jets, boolean special) {
    List<Column> columns = new ArrayList<>();
    for (String name : NAMES) {
      ValueType type = name.equals("phi") ? ValueType.FLOAT64 : ValueType.FLOAT32;
      // The unit is said, since values drawn at will would be judged by their median.
      columns.add(new Column(name, type, name.equals("pt") ? "GeV" : "", false, false));
    }
    columns.add(new Column("other", ValueType.FLOAT32));
    List<ColumnValues> values = new ArrayList<>();
    for (Column column : columns) {
      ColumnValues drawn = ColumnValues.zeros(column.type(), jets);
      for (int i = 0; i < jets; i++) {
        double value = Math.exp(2 * random.nextGaussian()) * (random.nextInt(4) == 0 ? -1 : 1);
        if (special && random.nextInt(10) == 0) {
          double[] odd = {Double.NaN, Double.NEGATIVE_INFINITY, 0, -0.0, 3e38, 1e-44};
          value = odd[random.nextInt(odd.length)];
        } else if (special && random.nextInt(5) == 0) {
          // Often enough for a spike.
          value = -999;
        }
        switch (drawn) {
          case ColumnValues.Floats(float[] floats) -> floats[i] = (float) value;
          case ColumnValues.Doubles(double[] doubles) -> doubles[i] = value;
          case ColumnValues.Integers _ -> throw new IllegalStateException();
        }
      }
      values.add(drawn);
    }
    int[] offsets = new int[jets / 3 + 2];
    for (int event = 0; event + 1 < offsets.length; event++) {
      offsets[event + 1] = Math.min(jets, offsets[event] + random.nextInt(6));
    }
    offsets[offsets.length - 1] = jets;
    return new Table(
        Schema.events(List.of(), "jets", columns), offsets.length - 1, List.of(offsets), values);
  }

  /**
   * A small file with an embedded autoencoder. Files with the same first seed have the same header.
   */
  public static byte[] of(long headerSeed, long dataSeed) throws IOException {
    Random random = new Random(headerSeed);
    int together = 1 + random.nextInt(2);
    int keptByModel = random.nextInt(2);
    Autoencoder model =
        RandomAutoencoders.model(
            random,
            NAMES,
            keptByModel,
            together,
            2,
            List.of(4),
            random.nextBoolean() ? Activation.TANH : Activation.LEAKY_RELU,
            random.nextBoolean() ? 0 : 3);
    List<Precision> choices =
        List.of(
            Precision.measured(),
            Precision.exact(),
            new Precision.Bits(7),
            new Precision.Absolute(0.05));
    List<Precision> precisions = new ArrayList<>();
    for (int column = 0; column <= NAMES.size(); column++) {
      boolean restored = column >= keptByModel && column < NAMES.size();
      precisions.add(restored ? choices.get(random.nextInt(choices.size())) : Precision.exact());
    }
    Precision latents = random.nextBoolean() ? Precision.exact() : new Precision.Bits(3);
    Autoencoder used =
        random.nextBoolean()
            ? model
            : RandomAutoencoders.withPrior(
                random, model, latents, together == 1 && random.nextBoolean(), 1);
    ModelUse use = ModelUse.embedded(used).withLatents(latents).withBounds(true);
    try (Compressor compressor = new Compressor(1)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Random data = new Random(dataSeed);
      Table table = jets(data, 20 + data.nextInt(40), true);
      compressor.compress(
          new PiecedSource(table),
          Compression.of(table.schema(), precisions, use),
          out,
          entries -> {});
      return out.toByteArray();
    }
  }
}
