package org.jetfold.codec.golden;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.Compression;
import org.jetfold.codec.density.ContextSource;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.ModelDescription;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.random.RandomTables.Sample;
import org.jetfold.codec.roundtrip.JetfBytes;
import org.jetfold.codec.roundtrip.PiecedSource;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;

/**
 * Good files of whole events, with a model for each collection: values of events, electrons, jets,
 * and samplings of jets. Models know values of events and jets, how many electrons and jets there
 * are, and the first of them; and they code integers.
 */
public final class CollectionFiles {
  private static final ValueType FLOAT = ValueType.FLOAT32;

  private CollectionFiles() {}

  /** All files by name. */
  static Map<String, byte[]> all() throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("learned-collections", file("bits:7", 60, false));
    all.put("learned-collections-dithered", file("rel:0.009:dither", 60, false));
    all.put("learned-collections-fallback", file("abs:0.5:dither", 400, true));
    return all;
  }

  private static byte[] file(String precision, int events, boolean fallback) throws IOException {
    Sample sample = sample(precision, events);
    return JetfBytes.of(new PiecedSource(sample.table()), plan(sample, fallback), 1);
  }

  /**
   * A plan with the embedded models of some events.
   *
   * @param fallback whether static distributions may code what they code in fewer bytes
   */
  public static Compression plan(Sample sample, boolean fallback) {
    ModelUse[] uses =
        models(sample).stream()
            .map(ModelUse::embedded)
            .map(use -> fallback ? use : use.withoutFallback())
            .toArray(ModelUse[]::new);
    return Compression.of(sample.schema(), sample.precisions(), uses);
  }

  /** The models, those behind others first: the writer puts them in order. */
  public static List<DensityModel> models(Sample sample) {
    return List.of(
        model(
            sample,
            List.of("Jets.Samplings.e"),
            List.of(
                ContextSource.value(1, "pt", FLOAT),
                ContextSource.value(2, "met", FLOAT),
                ContextSource.count(2, "Electrons"),
                ContextSource.entry(2, "Jets", 1, "n90", ValueType.UINT8),
                ContextSource.entry(2, "Electrons", 1, "pt", FLOAT)),
            4),
        model(
            sample,
            List.of("Jets.pt", "Jets.n90", "Jets.eta"),
            List.of(
                ContextSource.value(1, "met", FLOAT),
                ContextSource.count(0, "Samplings"),
                ContextSource.count(1, "Electrons"),
                ContextSource.entry(1, "Electrons", 1, "pt", FLOAT),
                ContextSource.entry(1, "Electrons", 2, "charge", ValueType.INT8)),
            3),
        model(
            sample,
            List.of("Electrons.charge", "Electrons.pt"),
            List.of(ContextSource.value(1, "met", FLOAT), ContextSource.count(1, "Jets")),
            2),
        model(
            sample,
            List.of("met", "flags"),
            List.of(ContextSource.count(0, "Electrons"), ContextSource.count(0, "Jets")),
            1));
  }

  private static DensityModel model(
      Sample sample, List<String> names, List<ContextSource> known, long seed) {
    Schema schema = sample.schema();
    List<ModelDescription.Sample> columns = new ArrayList<>();
    for (String name : names) {
      int column = number(schema, name);
      Column described = schema.columns().get(column);
      Precision precision = sample.precisions().get(column);
      // Some later symbols are escapes.
      long[] symbols = new long[sample.table().values(column).size() / 2];
      SegmentScale scale =
          new SegmentScale(List.of(), precision instanceof Precision.Dithered, 0, 0);
      Quantizer.of(precision, described.type())
          .of(scale)
          .quantize(
              sample.table().values(column),
              0,
              symbols.length,
              new byte[symbols.length],
              0,
              symbols);
      columns.add(
          new ModelDescription.Sample(
              described.name(), described.type(), precision, scale, symbols));
    }
    int group = schema.groupOf(number(schema, names.getFirst()));
    List<ModelDescription.ContextSample> contexts =
        known.stream()
            .map(source ->
                new ModelDescription.ContextSample(source, symbols(sample, group, source)))
            .toList();
    return LearnedFiles.model(
        ModelDescription.of("golden 1", group > 0 ? 8 : 0, columns, contexts, 8, 2)
            .inCollection(schema.path(group)),
        seed);
  }

  /** Symbols that a context has; of numbers of entries some. */
  private static long[] symbols(Sample sample, int group, ContextSource source) {
    if (source.isCount()) {
      return new long[] {0, 1, 1, 2, 3};
    }
    Schema schema = sample.schema();
    int object = group;
    for (int level = 0; level < source.levels(); level++) {
      object = schema.parent(object);
    }
    String path = schema.path(object);
    String list = source.list() == null ? path : path + (path.isEmpty() ? "" : ".") + source.list();
    ColumnValues values =
        sample.table().values(number(schema, list + (list.isEmpty() ? "" : ".") + source.name()));
    long[] symbols = new long[values.size() / 2];
    source.quantizer().quantize(values, 0, symbols.length, new byte[0], 0, symbols);
    return symbols;
  }

  private static int number(Schema schema, String path) {
    int dot = path.lastIndexOf('.');
    int group = dot < 0 ? 0 : schema.group(path.substring(0, dot));
    List<Column> columns = schema.groups().get(group).columns();
    int at = 0;
    while (!columns.get(at).name().equals(path.substring(dot + 1))) {
      at++;
    }
    return schema.firstColumn(group) + at;
  }

  /** Events whose objects are correlated; some have no electrons. */
  public static Sample sample(String precision, int events) {
    Group samplings = new Group("Samplings", List.of(new Column("e", FLOAT)), List.of());
    Group electrons =
        new Group(
            "Electrons",
            List.of(new Column("pt", FLOAT), new Column("charge", ValueType.INT8)),
            List.of());
    Group jets =
        new Group(
            "Jets",
            List.of(
                new Column("pt", FLOAT),
                new Column("eta", FLOAT),
                new Column("n90", ValueType.UINT8)),
            List.of(samplings));
    Schema schema =
        new Schema(
            new Group(
                "",
                List.of(new Column("met", FLOAT), new Column("flags", ValueType.UINT32)),
                List.of(electrons, jets)));
    Numbers numbers = new Numbers(events);
    int[] perEvent = new int[events];
    int[] jetsPerEvent = new int[events];
    for (int event = 0; event < events; event++) {
      perEvent[event] = numbers.below(4);
      jetsPerEvent[event] = numbers.below(5);
    }
    int[] electronStarts = starts(perEvent);
    int[] jetStarts = starts(jetsPerEvent);
    int[] perJet = new int[jetStarts[events]];
    for (int jet = 0; jet < perJet.length; jet++) {
      perJet[jet] = numbers.below(4);
    }
    int[] samplingStarts = starts(perJet);
    List<ColumnValues> values = new ArrayList<>();
    List<Precision> precisions = new ArrayList<>();
    int[] entries = {
      events, electronStarts[events], jetStarts[events], samplingStarts[perJet.length]
    };
    for (int number = 0; number < schema.columns().size(); number++) {
      int count = entries[schema.groupOf(number)];
      boolean isFloat = schema.columns().get(number).type().isFloat();
      values.add(isFloat ? floats(numbers, count) : integers(numbers, count));
      precisions.add(isFloat ? Precision.parse(precision) : Precision.exact());
    }
    return new Sample(
        new Table(schema, events, List.of(electronStarts, jetStarts, samplingStarts), values),
        precisions);
  }

  private static int[] starts(int[] counts) {
    int[] starts = new int[counts.length + 1];
    for (int i = 0; i < counts.length; i++) {
      starts[i + 1] = starts[i] + counts[i];
    }
    return starts;
  }

  private static ColumnValues floats(Numbers numbers, int count) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (1 + numbers.below(4000)) / 64f;
    }
    return new ColumnValues.Floats(floats);
  }

  private static ColumnValues integers(Numbers numbers, int count) {
    long[] integers = new long[count];
    for (int i = 0; i < count; i++) {
      integers[i] = numbers.below(3);
    }
    return new ColumnValues.Integers(integers);
  }
}
