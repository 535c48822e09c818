package org.jetfold.codec.density;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.entropy.Distribution;
import org.jetfold.codec.entropy.DistributionReader;
import org.jetfold.codec.network.AutoregressiveShape;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.precision.PrecisionFields;
import org.jetfold.codec.table.ValueType;

/** The bytes of a {@code .jetm} file (docs/format.md section 12). */
public final class DensityModelFile {
  private static final byte[] MAGIC = {(byte) 0x8A, 'J', 'E', 'T', 'M', '\r', '\n', 0x1A};
  private static final int MAJOR = 1;
  private static final int MINOR = 0;
  private static final int START = MAGIC.length + 2 + Integer.BYTES;

  private DensityModelFile() {}

  static byte[] write(ModelDescription description, QuantizedWeights weights) {
    ByteWriter body = new ByteWriter();
    body.u8(DensityModel.KIND);
    body.string(description.producer());
    body.u8(description.events() ? 1 : 0);
    body.varint(description.hidden());
    body.varint(description.components());
    body.varint(description.columns().size());
    for (ModelColumn column : description.columns()) {
      body.string(column.name());
      body.u8(column.type().code());
      PrecisionFields.write(column.precision(), body);
    }
    body.varint(description.distributions().length);
    body.raw(description.distributions(), 0, description.distributions().length);
    weights.write(body);
    ByteWriter out = new ByteWriter(START + body.size());
    out.raw(MAGIC, 0, MAGIC.length);
    out.u8(MAJOR);
    out.u8(MINOR);
    out.u32(checksum(body.array(), 0, body.size()));
    out.raw(body.array(), 0, body.size());
    return out.toByteArray();
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  /** Whether bytes begin as a model file does. */
  public static boolean begins(byte[] bytes) {
    return bytes.length >= MAGIC.length
        && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * Reads a model.
   *
   * @throws MalformedBytesException where the bytes are not a whole, undamaged model of a version
   *     that is known; its message says what they are instead
   */
  public static DensityModel read(byte[] bytes) {
    ByteReader in = new ByteReader(bytes, 0);
    if (!begins(bytes)) {
      throw in.malformed("not a Jetfold model: it does not begin as one");
    }
    in.skip(MAGIC.length);
    int major = in.u8();
    int minor = in.u8();
    if (major != MAJOR) {
      throw in.malformed(
          "a model of version %d.%d, this Jetfold reads version %d: use a newer one"
              .formatted(major, minor, MAJOR));
    }
    if (in.u32() != checksum(bytes, START, bytes.length - START)) {
      throw in.malformed("the model is damaged: its checksum does not match");
    }
    try {
      int kind = in.u8();
      if (kind != DensityModel.KIND) {
        throw in.malformed("a model of the unknown kind %d: use a newer Jetfold".formatted(kind));
      }
      ModelDescription description = readDescription(in);
      AutoregressiveShape shape = description.shape();
      QuantizedWeights weights = QuantizedWeights.read(in, shape);
      in.expectEnd("the model");
      return new DensityModel(description, weights, bytes.clone());
    } catch (IllegalArgumentException e) {
      throw in.malformed(String.valueOf(e.getMessage()));
    }
  }

  private record Named(String name, ValueType type, Precision precision) {}

  private static ModelDescription readDescription(ByteReader in) {
    String producer = in.string();
    int events = in.u8();
    if (events > 1) {
      throw in.malformed("a flag is %d, neither 0 nor 1".formatted(events));
    }
    int hidden = in.count(AutoregressiveShape.MOST_HIDDEN, "the number of hidden units");
    int components = in.count(AutoregressiveShape.MOST_COMPONENTS, "the number of components");
    int count = in.count(AutoregressiveShape.MOST_COLUMNS, "the number of columns");
    List<Named> named = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int column = 0; column < count; column++) {
      Named next = readColumn(in);
      if (!names.add(next.name())) {
        throw in.malformed("two columns are called %s".formatted(next.name()));
      }
      named.add(next);
    }
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
      columns.add(new ModelColumn(next.name(), next.type(), next.precision(), distribution));
    }
    return new ModelDescription(producer, events == 1, columns, hidden, components, bytes);
  }

  private static Named readColumn(ByteReader in) {
    String name = in.string();
    int code = in.u8();
    for (ValueType type : ValueType.values()) {
      if (type.code() == code && type.isFloat()) {
        try {
          Precision precision = PrecisionFields.read(in, name);
          precision.requireFits(type);
          return new Named(name, type, precision);
        } catch (PrecisionException e) {
          throw in.malformed("column %s: %s".formatted(name, e.getMessage()));
        }
      }
    }
    throw in.malformed("column %s has the type %d, which is no float type".formatted(name, code));
  }
}
