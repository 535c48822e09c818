package org.jetfold.codec.density;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.ModelEnvelope;
import org.jetfold.codec.container.PrecisionFields;
import org.jetfold.codec.container.ScaleFields;
import org.jetfold.codec.entropy.Distribution;
import org.jetfold.codec.entropy.DistributionReader;
import org.jetfold.codec.entropy.DistributionWriter;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.network.AutoregressiveShape;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/** The bytes of a {@code .jetm} file (docs/format.md section 12). */
public final class DensityModelFile {
  /** A flag: rows belong to events. */
  private static final int EVENTS = 1;

  /** A flag: the model says which collection it was made for. */
  private static final int COLLECTION = 2;

  /** A flag: more is known of rows than their places. */
  private static final int CONTEXTS = 4;

  /** A flag: something is known of lists. */
  private static final int LISTS = 8;

  /** The most places that are told apart. */
  private static final int MAX_PLACES = 64;

  private DensityModelFile() {}

  static byte[] write(
      ModelDescription description, QuantizedWeights weights, @Nullable TrainingRecord training) {
    ByteWriter body = new ByteWriter();
    body.u8(DensityModel.KIND);
    body.string(description.producer());
    String collection = description.collection();
    int usualPlaces = description.events() ? ContextInputs.TOLD_APART : 0;
    List<ContextSource> known = description.contexts().stream().map(ContextColumn::source).toList();
    List<ContextSource> values = known.stream().filter(each -> each.list() == null).toList();
    List<ContextSource> ofLists = known.subList(values.size(), known.size());
    if (ofLists.stream().anyMatch(each -> each.list() == null)) {
      throw new IllegalArgumentException("what is known of lists stands before something else");
    }
    boolean hasContexts = !values.isEmpty() || description.places() != usualPlaces;
    body.u8(
        (description.events() ? EVENTS : 0)
            | (collection != null ? COLLECTION : 0)
            | (hasContexts ? CONTEXTS : 0)
            | (ofLists.isEmpty() ? 0 : LISTS));
    if (collection != null) {
      body.string(collection);
    }
    if (hasContexts) {
      body.varint(description.places());
      body.varint(values.size());
      for (ContextSource value : values) {
        body.varint(value.levels());
        body.string(value.name());
        body.u8(value.type().code());
      }
    }
    if (!ofLists.isEmpty()) {
      writeOfLists(ofLists, body);
    }
    body.varint(description.hidden());
    body.varint(description.components());
    body.varint(description.columns().size());
    for (ModelColumn column : description.columns()) {
      body.string(column.name());
      body.u8(column.type().code());
      PrecisionFields.write(column.precision(), body);
    }
    DistributionWriter scales = new DistributionWriter();
    for (ModelColumn column : description.columns()) {
      if (ScaleFields.hasScale(column.precision())) {
        ScaleFields.writeOfModel(column.scale(), column.type(), column.precision(), scales);
      }
    }
    byte[] bytes = scales.finish();
    body.varint(bytes.length);
    body.raw(bytes, 0, bytes.length);
    body.varint(description.distributions().length);
    body.raw(description.distributions(), 0, description.distributions().length);
    weights.write(body);
    if (training != null) {
      training.write(body);
    }
    return ModelEnvelope.seal(body);
  }

  private static void writeOfLists(List<ContextSource> ofLists, ByteWriter body) {
    body.varint(ofLists.size());
    for (ContextSource source : ofLists) {
      body.varint(source.levels());
      body.string(Objects.requireNonNull(source.list()));
      body.varint(source.place());
      if (source.isEntry()) {
        body.string(source.name());
        body.u8(source.type().code());
      }
    }
  }

  /**
   * Reads a model.
   *
   * @throws MalformedBytesException where the bytes are not a whole, undamaged model of a version
   *     that is known; its message says what they are instead
   */
  public static DensityModel read(byte[] bytes) {
    ByteReader in = ModelEnvelope.open(bytes);
    try {
      int kind = in.u8();
      if (kind != DensityModel.KIND) {
        throw in.malformed("a model of the unknown kind %d: use a newer Jetfold".formatted(kind));
      }
      ModelDescription description = readDescription(in);
      AutoregressiveShape shape = description.shape();
      QuantizedWeights weights = QuantizedWeights.read(in, shape);
      TrainingRecord training =
          in.remaining() == 0 ? null : TrainingRecord.read(in, description.columns().size());
      in.expectEnd("the model");
      return new DensityModel(description, weights, training, bytes.clone());
    } catch (IllegalArgumentException | JetfoldException e) {
      throw in.malformed(String.valueOf(e.getMessage()));
    }
  }

  private record Named(String name, ValueType type, Precision precision) {}

  private static ModelDescription readDescription(ByteReader in) {
    String producer = in.string();
    int flags = in.u8();
    if (flags > (EVENTS | COLLECTION | CONTEXTS | LISTS)) {
      throw in.malformed(
          "flags are %d, which this Jetfold does not know: use a newer one".formatted(flags));
    }
    String collection = (flags & COLLECTION) == 0 ? null : in.string();
    boolean events = (flags & EVENTS) != 0;
    int places = events ? ContextInputs.TOLD_APART : 0;
    List<ContextSource> known = new ArrayList<>();
    if ((flags & CONTEXTS) != 0) {
      places = in.count(MAX_PLACES, "the number of places");
      if (places > 0 != events) {
        throw in.malformed("%d places are told apart".formatted(places));
      }
      known.addAll(readContexts(in));
    }
    if ((flags & LISTS) != 0) {
      known.addAll(readOfLists(in, ContextSource.MAX_NUMBER - known.size()));
    }
    int hidden = in.count(AutoregressiveShape.MAX_HIDDEN, "the number of hidden units");
    int components = in.count(AutoregressiveShape.MAX_COMPONENTS, "the number of components");
    int count = in.count(AutoregressiveShape.MAX_COLUMNS, "the number of columns");
    List<Named> named = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int column = 0; column < count; column++) {
      Named next = readColumn(in);
      if (!names.add(next.name())) {
        throw in.malformed("two columns are called %s".formatted(next.name()));
      }
      named.add(next);
    }
    List<SegmentScale> scales = readScales(in, named);
    int length = in.count(in.remaining(), "the length of distributions");
    long offset = in.offset();
    byte[] bytes = in.raw(length);
    DistributionReader distributions = new DistributionReader(bytes, 0, length, offset);
    List<ModelColumn> columns = new ArrayList<>();
    for (int column = 0; column < count; column++) {
      Named next = named.get(column);
      Distribution distribution = distributions.read();
      int reference = distribution.reference() - Distribution.FIRST_COLUMN;
      if (reference >= column) {
        throw in.malformed("column %s refers to a column behind it".formatted(next.name()));
      }
      if (!distribution.hasEscape()) {
        throw in.malformed(
            "the distribution of column %s has no escape for symbols that it does not list"
                .formatted(next.name()));
      }
      columns.add(
          new ModelColumn(
              next.name(), next.type(), next.precision(), scales.get(column), distribution));
    }
    List<ContextColumn> contexts = new ArrayList<>();
    for (ContextSource next : known) {
      Distribution distribution = distributions.read();
      if (!distribution.hasEscape() || distribution.reference() != Distribution.NO_REFERENCE) {
        throw in.malformed(
            "the distribution of context %s refers to another, or has no escape".formatted(next));
      }
      contexts.add(new ContextColumn(next, distribution));
    }
    return new ModelDescription(
        producer, events, columns, hidden, components, bytes, collection, places, contexts);
  }

  private static List<ContextSource> readContexts(ByteReader in) {
    int count = in.count(ContextSource.MAX_NUMBER, "the number of contexts");
    List<ContextSource> known = new ArrayList<>();
    for (int context = 0; context < count; context++) {
      int levels = in.count(ContextSource.MAX_LEVELS, "the level of a context");
      String name = in.string();
      ValueType type = readType(in, name);
      if (levels == 0) {
        throw in.malformed("context %s is of the rows themselves".formatted(name));
      }
      known.add(ContextSource.value(levels, name, type));
    }
    return known;
  }

  private static List<ContextSource> readOfLists(ByteReader in, int most) {
    int count = in.count(most, "the number of contexts from lists");
    List<ContextSource> known = new ArrayList<>();
    for (int context = 0; context < count; context++) {
      int levels = in.count(ContextSource.MAX_LEVELS, "the level of a context");
      String list = in.string();
      int place = in.count(ContextSource.MAX_PLACE, "the place of an entry");
      if (place == 0) {
        known.add(ContextSource.count(levels, list));
        continue;
      }
      String name = in.string();
      ContextSource entry = ContextSource.entry(levels, list, place, name, readType(in, name));
      if (levels == 0) {
        throw in.malformed("context %s is of a list of the rows themselves".formatted(entry));
      }
      known.add(entry);
    }
    return known;
  }

  private static ValueType readType(ByteReader in, String name) {
    int code = in.u8();
    return Arrays.stream(ValueType.values())
        .filter(each -> each.code() == code)
        .findFirst()
        .orElseThrow(() -> in.malformed("column %s has the unknown type %d".formatted(name, code)));
  }

  private static List<SegmentScale> readScales(ByteReader in, List<Named> named) {
    int length = in.count(in.remaining(), "the length of spikes");
    long offset = in.offset();
    DistributionReader fields = new DistributionReader(in.raw(length), 0, length, offset);
    List<SegmentScale> scales = new ArrayList<>();
    for (Named next : named) {
      scales.add(
          ScaleFields.hasScale(next.precision())
              ? ScaleFields.readOfModel(next.type(), next.precision(), fields)
              : SegmentScale.PLAIN);
    }
    return scales;
  }

  private static Named readColumn(ByteReader in) {
    String name = in.string();
    ValueType type = readType(in, name);
    try {
      Precision precision = PrecisionFields.read(in, name);
      precision.requireFits(type);
      if (precision instanceof Precision.Scaled) {
        throw in.malformed("column %s has the precision %s".formatted(name, precision));
      }
      return new Named(name, type, precision);
    } catch (PrecisionException e) {
      throw in.malformed("column %s: %s".formatted(name, e.getMessage()));
    }
  }
}
