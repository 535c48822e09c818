package org.jetfold.codec.golden;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.ModelDescription;
import org.jetfold.codec.density.QuantizedWeights;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.network.AutoregressiveWeights;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.quantize.SpikeFinder;
import org.jetfold.codec.random.RandomTables.Sample;
import org.jetfold.codec.roundtrip.PiecedSource;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;

/** Good files with embedded models, whose weights are drawn by chance. */
final class LearnedFiles {
  /** Weights are multiples of this up to ±1. */
  private static final float STEP = 0.0625f;

  /** So far from those of a column are the symbols that a model knows which does not know it. */
  private static final long UNKNOWN_SYMBOLS = 1 << 24;

  private static final int PT = 2;
  private static final int ETA = 3;
  private static final int TAG = 4;

  private LearnedFiles() {}

  /** All files by name. */
  static Map<String, byte[]> all() throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    // Fewer than 4096 jets have one state of the coder, more have sixteen.
    all.put("learned-jets", file(300, "bits:7", true, List.of(TAG, PT, ETA)));
    all.put("learned-many-jets", file(2900, "bits:3", true, List.of(ETA, PT)));
    all.put("learned-without-events", file(100, "bits:7", false, List.of(PT)));
    all.put("learned-dithered-rel", file(300, "rel:0.009:dither", true, List.of(TAG, PT, ETA)));
    all.put("learned-dithered-abs", file(300, "abs:0.01:dither", false, List.of(ETA, PT)));
    all.put("learned-spikes-of-the-model", withSpikes("rel:0.01:dither", true));
    all.put("learned-spikes-of-the-segment", withSpikes("abs:0.5:dither", false));
    all.put("learned-spikes-undithered", withSpikes("rel:0.01", false));
    all.put("learned-fallback", fallback());
    all.put("learned-fallback-of-one", fallbackOfOne("bits:7"));
    all.put("learned-fallback-of-one-dithered", fallbackOfOne("rel:0.009:dither"));
    return all;
  }

  /** Static distributions code all columns, whose values the model does not know. */
  private static byte[] fallback() throws IOException {
    Sample jets = GoldenTables.jets(300, "bits:7");
    List<Integer> columns = List.of(TAG, PT, ETA);
    DensityModel model = model(description(jets, true, columns, true, columns), 300);
    return file(jets, ModelUse.embedded(model));
  }

  /**
   * Static distributions code pt, whose values the model does not know; the others it codes as well
   * as they do, but needs no tables for them.
   */
  private static byte[] fallbackOfOne(String setting) throws IOException {
    Sample jets = GoldenTables.jets(300, setting);
    ModelDescription description =
        description(jets, true, List.of(TAG, PT, ETA), true, List.of(PT));
    int[] lengths = AutoregressiveWeights.lengths(description.shape());
    float[] steps = new float[lengths.length];
    Arrays.fill(steps, STEP);
    long[][] none = Arrays.stream(lengths).mapToObj(long[]::new).toArray(long[][]::new);
    return file(
        jets, ModelUse.embedded(DensityModel.of(description, new QuantizedWeights(steps, none))));
  }

  private static byte[] file(
      int events, String setting, boolean toldOfEvents, List<Integer> columns) throws IOException {
    return file(GoldenTables.jets(events, setting), events, toldOfEvents, columns, true);
  }

  /** A file whose pt is −999 in every third jet, of which the model knows or not. */
  private static byte[] withSpikes(String setting, boolean known) throws IOException {
    Sample jets = GoldenTables.jets(300, setting);
    if (jets.table().values(PT) instanceof ColumnValues.Floats(float[] pt)) {
      for (int i = 0; i < pt.length; i += 3) {
        pt[i] = -999;
      }
    }
    return file(jets, 300, true, List.of(PT, ETA), known);
  }

  private static byte[] file(
      Sample jets, long seed, boolean toldOfEvents, List<Integer> columns, boolean knowsSpikes)
      throws IOException {
    DensityModel model =
        model(description(jets, toldOfEvents, columns, knowsSpikes, List.of()), seed);
    return file(jets, ModelUse.embedded(model).withoutFallback());
  }

  /**
   * Describes columns by their first half, so that some later symbols are escapes.
   *
   * @param unknown those of whose values the model knows none
   */
  private static ModelDescription description(
      Sample jets,
      boolean toldOfEvents,
      List<Integer> columns,
      boolean knowsSpikes,
      List<Integer> unknown) {
    List<ModelDescription.Sample> samples = new ArrayList<>();
    for (int column : columns) {
      Column described = jets.schema().columns().get(column);
      Precision precision = jets.precisions().get(column);
      long[] symbols = new long[jets.table().values(column).size() / 2];
      Quantizer quantizer = Quantizer.of(precision, described.type());
      SegmentScale found = new SpikeFinder(precision, quantizer).look(jets.table().values(column));
      SegmentScale scale =
          new SegmentScale(knowsSpikes ? found.spikes() : List.of(), found.dithered(), 0, 0);
      byte[] phases = new byte[symbols.length];
      quantizer
          .of(scale)
          .quantize(jets.table().values(column), 0, symbols.length, phases, 0, symbols);
      for (int i = 0; unknown.contains(column) && i < symbols.length; i++) {
        symbols[i] += UNKNOWN_SYMBOLS;
      }
      samples.add(
          new ModelDescription.Sample(
              described.name(), described.type(), precision, scale, symbols));
    }
    return ModelDescription.of("golden 1", toldOfEvents, samples, 8, 2);
  }

  private static byte[] file(Sample jets, ModelUse use) throws IOException {
    try (Compressor compressor = new Compressor(1)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      compressor.compress(
          new PiecedSource(jets.table()),
          Compression.of(jets.schema(), jets.precisions(), use),
          out,
          entries -> {});
      return out.toByteArray();
    }
  }

  /** A model whose weights follow from a seed. */
  static DensityModel model(ModelDescription description, long seed) {
    Numbers numbers = new Numbers(seed);
    int[] lengths = AutoregressiveWeights.lengths(description.shape());
    float[] steps = new float[lengths.length];
    long[][] multiples = new long[lengths.length][];
    for (int a = 0; a < lengths.length; a++) {
      steps[a] = STEP;
      multiples[a] = new long[lengths[a]];
      for (int i = 0; i < lengths[a]; i++) {
        multiples[a][i] = numbers.below(33) - 16L;
      }
    }
    return DensityModel.of(description, new QuantizedWeights(steps, multiples));
  }

  /** A model of one float column without events. */
  static DensityModel ofColumn(String name) {
    return model(ModelDescription.of("golden 1", false, List.of(sampleOf(name)), 0, 1), 1);
  }

  /** A float column. */
  static ModelDescription.Sample sampleOf(String name) {
    return new ModelDescription.Sample(
        name, ValueType.FLOAT32, new Precision.Bits(7), new long[] {16256, 16384, 16300});
  }
}
