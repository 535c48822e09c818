package org.jetfold.codec.reference;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * What a footer says, section 10.
 *
 * @param sections T and B frames
 * @param totals of each group
 */
record FooterFields(List<Section> sections, List<BigInteger> totals) {
  /** A T or B frame; {@code columns} is empty for T. */
  record Section(
      int kind, BigInteger offset, int check, List<Long> entries, List<Statistics> columns) {}

  /** The number of NaNs, bits of minimum and maximum, where they are, and of the error. */
  record Statistics(
      long nans, boolean hasRange, long minimum, long maximum, boolean hasError, double error) {}

  static FooterFields read(ByteCursor in, HeaderFields header, long firstOffset) {
    List<Section> sections = new ArrayList<>();
    long count = in.varint(in.remaining());
    BigInteger offset = BigInteger.valueOf(firstOffset);
    for (long i = 0; i < count; i++) {
      int kind = in.u8();
      offset = offset.add(in.bigVarint());
      int check = (int) in.u32();
      if (kind != 'T' && kind != 'B') {
        throw in.damaged("a section of another kind");
      }
      List<Long> entries = new ArrayList<>();
      List<Statistics> columns = new ArrayList<>();
      if (kind == 'B') {
        for (int group = 0; group < header.groups().size(); group++) {
          entries.add(in.varint(Integer.MAX_VALUE));
        }
        for (HeaderFields.Column column : header.columns()) {
          columns.add(statistics(in, column));
        }
      }
      sections.add(new Section(kind, offset, check, entries, columns));
    }
    List<BigInteger> totals = new ArrayList<>();
    for (int group = 0; group < header.groups().size(); group++) {
      totals.add(in.bigVarint());
    }
    in.expectEnd();
    return new FooterFields(sections, totals);
  }

  private static Statistics statistics(ByteCursor in, HeaderFields.Column column) {
    int flags = in.u8();
    if (flags > 7) {
      throw in.damaged("unknown flags");
    }
    long nans = (flags & 4) != 0 ? in.varint(Integer.MAX_VALUE) : 0;
    if ((flags & 4) != 0 && nans == 0) {
      throw in.damaged("no NaNs, and a flag for them");
    }
    long minimum = 0;
    long maximum = 0;
    if ((flags & 1) != 0) {
      minimum = value(in, column);
      maximum = value(in, column);
    }
    boolean hasError = (flags & 2) != 0;
    if (hasError != (column.precision() != 0)) {
      throw in.damaged("an error is stated for an exact column, or none for another");
    }
    double error = hasError ? in.f64() : 0;
    if (column.precision() == HeaderFields.MEASURED) {
      if (!(in.f64() >= 0) || in.bigVarint().bitLength() > 63) {
        throw in.damaged("a measurement that cannot be");
      }
    }
    return new Statistics(nans, (flags & 1) != 0, minimum, maximum, hasError, error);
  }

  private static long value(ByteCursor in, HeaderFields.Column column) {
    return switch (column.type()) {
      case 10 -> in.u32();
      case 11 -> in.u64();
      default -> in.zigzag();
    };
  }
}
