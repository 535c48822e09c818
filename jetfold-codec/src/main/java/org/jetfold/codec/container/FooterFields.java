package org.jetfold.codec.container;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.file.ColumnStatistics.Range;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.file.Footer.Section;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;

/** Writes and reads the fields of a footer frame (docs/format.md section 10). */
final class FooterFields {
  private static final int HAS_RANGE = 1;
  private static final int HAS_ERROR = 2;

  private FooterFields() {}

  static byte[] write(Footer footer, Schema schema, long firstOffset) {
    ByteWriter out = new ByteWriter(256);
    out.varint(footer.sections().size());
    long before = firstOffset;
    for (Section section : footer.sections()) {
      out.u8(section instanceof Section.Block ? Frame.BLOCK : Frame.DISTRIBUTIONS);
      out.varint(section.offset() - before);
      out.u32(section.check());
      before = section.offset();
      if (section instanceof Section.Block block) {
        out.varint(block.entries());
        for (int column = 0; column < block.columns().size(); column++) {
          write(block.columns().get(column), out, schema.columns().get(column).type());
        }
      }
    }
    for (long total : footer.totals()) {
      out.varint(total);
    }
    return out.toByteArray();
  }

  static Footer read(ByteReader in, FileHeader header, long firstOffset) {
    Schema schema = header.schema();
    int count = in.count(in.remaining(), "the number of sections");
    List<Section> sections = new ArrayList<>();
    long before = firstOffset;
    long rootEntries = 0;
    for (int i = 0; i < count; i++) {
      int kind = in.u8();
      long distance = in.varint();
      if (distance <= 0 || before + distance < 0) {
        throw in.malformed("a section's place is out of range");
      }
      before += distance;
      int check = in.u32();
      if (kind == Frame.DISTRIBUTIONS) {
        sections.add(new Section.Distributions(before, check));
      } else if (kind == Frame.BLOCK) {
        int entries = in.count(Integer.MAX_VALUE, "a block's number of entries");
        List<ColumnStatistics> columns = new ArrayList<>();
        for (int column = 0; column < schema.columns().size(); column++) {
          Precision precision = header.columns().get(column).precision();
          columns.add(readStatistics(in, schema.columns().get(column).type(), precision));
        }
        sections.add(new Section.Block(before, check, entries, columns));
        rootEntries += entries;
      } else {
        throw in.malformed("the footer lists a section of unknown kind " + kind);
      }
    }
    List<Long> totals = new ArrayList<>();
    for (int group = 0; group < schema.groups().size(); group++) {
      totals.add(in.varint());
    }
    in.expectEnd("the footer");
    if (totals.get(0) != rootEntries) {
      throw in.malformed(
          "the footer's total of %d entries is not that of its blocks, %d"
              .formatted(totals.get(0), rootEntries));
    }
    return new Footer(sections, totals);
  }

  private static void write(ColumnStatistics statistics, ByteWriter out, ValueType type) {
    Range range = statistics.range();
    Double largestError = statistics.largestError();
    ColumnStatistics.Measurement measurement = statistics.measurement();
    out.u8((range == null ? 0 : HAS_RANGE) | (largestError == null ? 0 : HAS_ERROR));
    switch (range) {
      case null -> {}
      case Range.OfFloats(double minimum, double maximum) -> {
        if (type == ValueType.FLOAT32) {
          out.f32((float) minimum);
          out.f32((float) maximum);
        } else {
          out.f64(minimum);
          out.f64(maximum);
        }
      }
      case Range.OfIntegers(long minimum, long maximum) -> {
        out.zigzag(minimum);
        out.zigzag(maximum);
      }
    }
    if (largestError != null) {
      out.f64(largestError);
    }
    if (measurement != null) {
      out.f64(measurement.largestRelative());
      out.varint(measurement.exceptions());
    }
  }

  private static ColumnStatistics readStatistics(
      ByteReader in, ValueType type, Precision precision) {
    boolean lossy = precision.isLossy();
    int flags = in.u8();
    if (flags >>> 1 != (lossy ? 1 : 0)) {
      throw in.malformed("a column's statistics have flags that they should not have");
    }
    Range range = null;
    if ((flags & HAS_RANGE) != 0) {
      range =
          switch (type) {
            case FLOAT32 -> new Range.OfFloats(in.f32(), in.f32());
            case FLOAT64 -> new Range.OfFloats(in.f64(), in.f64());
            default -> new Range.OfIntegers(in.zigzag(), in.zigzag());
          };
    }
    Double error = lossy ? in.f64() : null;
    if (error != null && !(error >= 0)) {
      throw in.malformed("a largest error is not a number, or negative");
    }
    if (!(precision instanceof Precision.Measured)) {
      return new ColumnStatistics(range, error);
    }
    double relative = in.f64();
    if (!(relative >= 0)) {
      throw in.malformed("a largest error is not a number, or negative");
    }
    long exceptions = in.varint();
    if (exceptions < 0) {
      throw in.malformed("a column has too many exceptions");
    }
    return new ColumnStatistics(
        range, error, new ColumnStatistics.Measurement(relative, exceptions));
  }
}
