package org.jetfold.codec.container;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.file.FileGuarantees;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.FileHeader.ColumnCoding;
import org.jetfold.codec.file.FileHeader.LatentCoding;
import org.jetfold.codec.file.FileHeader.ModelReference;
import org.jetfold.codec.file.UnsupportedFormatException;
import org.jetfold.codec.precision.Loss;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.precision.ScaledPrecisions;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;

/** Writes and reads the fields of a header frame (docs/format.md section 4). */
final class FileHeaderFields {
  private static final int INTEGRAL = 1;
  private static final int EVENT_KEY = 2;

  /** The feature that models have latents, whose streams stand behind those of the columns. */
  private static final long LATENTS = 1;

  /** The feature that columns are dithered, so that blocks have a seed and an ordinal. */
  private static final long DITHER = 2;

  /** The feature that there are guarantees, and events may be refined. */
  private static final long GUARANTEES = 4;

  /** The feature that the values of some column had lost something before. */
  private static final long EARLIER_LOSSES = 8;

  /** The kind of models that have latents. */
  private static final int AUTOENCODER = 2;

  private FileHeaderFields() {}

  static byte[] write(FileHeader header) {
    ByteWriter out = new ByteWriter(256);
    boolean latents = header.models().stream().anyMatch(model -> model.latents() != null);
    out.varint(
        (latents ? LATENTS : 0)
            | (header.isDithered() ? DITHER : 0)
            | (header.guarantees() != null ? GUARANTEES : 0)
            | (header.hasEarlierLosses() ? EARLIER_LOSSES : 0));
    out.varint(0);
    out.string(header.producer());
    out.varint(header.models().size());
    for (ModelReference model : header.models()) {
      out.u8(model.kind());
      byte[] hash = HexFormat.of().parseHex(model.hash());
      out.raw(hash, 0, hash.length);
      out.u8(model.embedded() ? 1 : 0);
      LatentCoding coding = model.latents();
      if (coding != null) {
        out.varint(coding.count());
        PrecisionFields.write(coding.precision(), out);
      }
    }
    writeGroup(out, header.schema().root(), header.columns(), 0);
    if (header.guarantees() != null) {
      GuaranteeFields.write(header.guarantees(), out);
    }
    if (header.hasEarlierLosses()) {
      for (ColumnCoding column : header.columns()) {
        out.f64(column.earlier().relative());
        out.f64(column.earlier().absolute());
      }
    }
    return out.toByteArray();
  }

  /**
   * Writes a group whose first column has number {@code next}; returns the number after its last
   * list's last column.
   */
  private static int writeGroup(ByteWriter out, Group group, List<ColumnCoding> codings, int next) {
    out.string(group.name());
    out.varint(group.columns().size());
    int column = next;
    for (Column described : group.columns()) {
      writeColumn(out, described, codings.get(column++));
    }
    out.varint(group.lists().size());
    for (Group list : group.lists()) {
      column = writeGroup(out, list, codings, column);
    }
    return column;
  }

  private static void writeColumn(ByteWriter out, Column column, ColumnCoding coding) {
    out.string(column.name());
    out.u8(column.type().code());
    out.u8((column.integral() ? INTEGRAL : 0) | (column.eventKey() ? EVENT_KEY : 0));
    out.string(column.unit());
    PrecisionFields.write(coding.precision(), out);
    out.varint(coding.coding());
  }

  static FileHeader read(ByteReader in) throws UnsupportedFormatException {
    long required = in.varint();
    if ((required & ~(LATENTS | DITHER | GUARANTEES | EARLIER_LOSSES)) != 0) {
      throw new UnsupportedFormatException(
          "the file needs features that this version does not know (bits %s): read it with a newer Jetfold"
              .formatted(Long.toBinaryString(required)));
    }
    in.varint();
    String producer = in.string();
    int modelCount = in.count(in.remaining(), "the number of models");
    List<ModelReference> models = new ArrayList<>();
    for (int i = 0; i < modelCount; i++) {
      int kind = in.u8();
      String hash = HexFormat.of().formatHex(in.raw(32));
      boolean embedded = readFlag(in);
      boolean hasLatents = (required & LATENTS) != 0 && kind == AUTOENCODER;
      models.add(new ModelReference(kind, hash, embedded, hasLatents ? readLatents(in) : null));
    }
    List<ColumnCoding> codings = new ArrayList<>();
    Group root = readGroup(in, codings, modelCount, 0);
    FileGuarantees guarantees =
        (required & GUARANTEES) != 0 ? GuaranteeFields.read(in, codings.size()) : null;
    if ((required & EARLIER_LOSSES) != 0) {
      codings.replaceAll(coding -> coding.withEarlier(readLoss(in)));
    }
    in.expectEnd("the header");
    try {
      FileHeader header = new FileHeader(producer, models, new Schema(root), codings, guarantees);
      ScaledPrecisions.require(header.schema(), header.precisions());
      if (header.isDithered() != ((required & DITHER) != 0)) {
        throw in.malformed("the header's features and its columns differ in dither");
      }
      if (header.hasEarlierLosses() != ((required & EARLIER_LOSSES) != 0)) {
        throw in.malformed("the header has earlier losses of no column");
      }
      return header;
    } catch (IllegalArgumentException | PrecisionException e) {
      throw in.malformed(String.valueOf(e.getMessage()));
    }
  }

  private static Loss readLoss(ByteReader in) {
    double relative = in.f64();
    double absolute = in.f64();
    if (!(relative >= 0) || !(absolute >= 0)) {
      throw in.malformed("a column's earlier loss is not a number, or negative");
    }
    return new Loss(relative, absolute);
  }

  private static LatentCoding readLatents(ByteReader in) {
    int count = in.count(LatentCoding.MAX_COUNT, "the number of latents");
    try {
      Precision precision = PrecisionFields.read(in, "(latents)");
      precision.requireFits(ValueType.FLOAT32);
      if (count == 0
          || precision instanceof Precision.Measured
          || precision instanceof Precision.Scaled
          || precision instanceof Precision.Step
          || precision instanceof Precision.Dithered) {
        throw in.malformed("a model has %d latents, stored as %s".formatted(count, precision));
      }
      return new LatentCoding(count, precision);
    } catch (PrecisionException e) {
      throw in.malformed(String.valueOf(e.getMessage()));
    }
  }

  private static boolean readFlag(ByteReader in) {
    int flag = in.u8();
    if (flag > 1) {
      throw in.malformed("a flag is %d, neither 0 nor 1".formatted(flag));
    }
    return flag == 1;
  }

  private static Group readGroup(ByteReader in, List<ColumnCoding> codings, int models, int depth) {
    if (depth > FileHeader.MAX_DEPTH) {
      throw in.malformed("groups nest more than %d deep".formatted(FileHeader.MAX_DEPTH));
    }
    String name = in.string();
    int columnCount = in.count(in.remaining(), "the number of columns");
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < columnCount; i++) {
      Column column = readColumn(in);
      columns.add(column);
      codings.add(readCoding(in, column, models));
    }
    int listCount = in.count(in.remaining(), "the number of lists");
    List<Group> lists = new ArrayList<>();
    for (int i = 0; i < listCount; i++) {
      lists.add(readGroup(in, codings, models, depth + 1));
    }
    return new Group(name, columns, lists);
  }

  private static Column readColumn(ByteReader in) {
    String name = in.string();
    if (name.isEmpty()) {
      throw in.malformed("a column has no name");
    }
    int code = in.u8();
    ValueType type = null;
    for (ValueType candidate : ValueType.values()) {
      if (candidate.code() == code) {
        type = candidate;
      }
    }
    if (type == null) {
      throw in.malformed("column %s has the unknown type %d".formatted(name, code));
    }
    int flags = in.u8();
    if (flags > (INTEGRAL | EVENT_KEY) || ((flags & INTEGRAL) != 0 && !type.isFloat())) {
      throw in.malformed(
          "column %s has flags %d, which are not possible together".formatted(name, flags));
    }
    String unit = in.string();
    return new Column(name, type, unit, (flags & INTEGRAL) != 0, (flags & EVENT_KEY) != 0);
  }

  private static ColumnCoding readCoding(ByteReader in, Column column, int models) {
    try {
      Precision precision = PrecisionFields.read(in, column.name());
      precision.requireFits(column.type());
      boolean measured = precision instanceof Precision.Measured;
      if (precision.isLossy() && !measured && !column.mayLoseBits()) {
        throw in.malformed(
            "column %s holds integers, but its precision is %s"
                .formatted(column.name(), precision));
      }
      int coding = in.count(models, "a column's model");
      if (precision instanceof Precision.Scaled && coding != 0) {
        throw in.malformed(
            "column %s has a bound from another column, and a model codes it"
                .formatted(column.name()));
      }
      if (measured && coding == 0) {
        throw in.malformed("column %s is measured, but no model codes it".formatted(column.name()));
      }
      return new ColumnCoding(precision, coding);
    } catch (PrecisionException e) {
      throw in.malformed("column %s: %s".formatted(column.name(), e.getMessage()));
    }
  }
}
