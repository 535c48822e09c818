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
  private static final int HAS_NANS = 4;

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
        block.entries().forEach(entries -> out.varint(entries));
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

  /**
   * Reads a footer.
   *
   * @param firstOffset where the frame before the sections starts
   * @param end where the last section ends: before the footer's own frame
   */
  static Footer read(ByteReader in, FileHeader header, long firstOffset, long end) {
    int groups = header.schema().groups().size();
    List<Section> sections = new ArrayList<>();
    long before = firstOffset;
    long[] sums = new long[groups];
    int blocks = 0;
    int count = in.count(in.remaining(), "the number of sections");
    for (int index = 0; index < count; index++) {
      int kind = in.u8();
      long distance = in.varint();
      if (distance <= 0 || distance >= end - before) {
        throw in.malformed("a section's place is out of range");
      }
      before += distance;
      if (index > 0) {
        sections.set(index - 1, endingAt(before, sections.getLast()));
      }
      int check = in.u32();
      if (kind == Frame.DISTRIBUTIONS) {
        sections.add(new Section.Distributions(index, before, end, check));
      } else if (kind == Frame.BLOCK) {
        if (blocks == index) {
          throw in.malformed("the footer lists a block before all distributions");
        }
        long first = sums[0];
        List<Integer> entries = readEntries(in, sums);
        sections.add(
            new Section.Block(
                index,
                blocks++,
                before,
                end,
                check,
                first,
                entries,
                readStatistics(in, header, entries)));
      } else {
        throw in.malformed("the footer lists a section of unknown kind " + kind);
      }
    }
    List<Long> totals = new ArrayList<>();
    for (long sum : sums) {
      totals.add(in.varint());
      if (totals.getLast() != sum) {
        throw in.malformed(
            "the footer's total of %d entries is not that of its blocks, %d"
                .formatted(totals.getLast(), sum));
      }
    }
    in.expectEnd("the footer");
    return new Footer(sections, totals);
  }

  private static Section endingAt(long end, Section section) {
    return switch (section) {
      case Section.Distributions(int index, long offset, long ignored, int check) ->
          new Section.Distributions(index, offset, end, check);
      case Section.Block block ->
          new Section.Block(
              block.index(),
              block.number(),
              block.offset(),
              end,
              block.check(),
              block.first(),
              block.entries(),
              block.columns());
    };
  }

  /** The entries of a block, which are added to the sums of those before. */
  static List<Integer> readEntries(ByteReader in, long[] sums) {
    List<Integer> entries = new ArrayList<>();
    for (int group = 0; group < sums.length; group++) {
      entries.add(in.count(Integer.MAX_VALUE, "a block's number of entries"));
      sums[group] += entries.getLast();
    }
    return entries;
  }

  private static List<ColumnStatistics> readStatistics(
      ByteReader in, FileHeader header, List<Integer> entries) {
    List<ColumnStatistics> columns = new ArrayList<>();
    for (int column = 0; column < header.columns().size(); column++) {
      columns.add(
          readStatistics(
              in,
              header.schema().columns().get(column).type(),
              header.columns().get(column).precision(),
              entries.get(header.schema().groupOf(column))));
    }
    return columns;
  }

  private static void write(ColumnStatistics statistics, ByteWriter out, ValueType type) {
    Range range = statistics.range();
    Double largestError = statistics.largestError();
    ColumnStatistics.Measurement measurement = statistics.measurement();
    out.u8(
        (range == null ? 0 : HAS_RANGE)
            | (largestError == null ? 0 : HAS_ERROR)
            | (statistics.nans() == 0 ? 0 : HAS_NANS));
    if (statistics.nans() != 0) {
      out.varint(statistics.nans());
    }
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
      ByteReader in, ValueType type, Precision precision, int values) {
    boolean lossy = precision.isLossy();
    int flags = in.u8();
    int allowed = HAS_RANGE | HAS_ERROR | (type.isFloat() ? HAS_NANS : 0);
    if ((flags & ~allowed) != 0 || lossy != ((flags & HAS_ERROR) != 0)) {
      throw in.malformed("a column's statistics have flags that they should not have");
    }
    boolean hasNans = (flags & HAS_NANS) != 0;
    int nans = hasNans ? in.count(values, "a number of NaNs") : 0;
    if (hasNans != (nans > 0) || ((flags & HAS_RANGE) == 0) != (nans == values)) {
      throw in.malformed("a column's statistics contradict its number of values");
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
      return new ColumnStatistics(range, nans, error, null);
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
        range, nans, error, new ColumnStatistics.Measurement(relative, exceptions));
  }
}
