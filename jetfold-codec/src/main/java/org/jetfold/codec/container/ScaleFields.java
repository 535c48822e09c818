package org.jetfold.codec.container;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.entropy.DistributionReader;
import org.jetfold.codec.entropy.DistributionWriter;
import org.jetfold.codec.file.FileHeader.ColumnCoding;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.table.ValueType;

/**
 * A {@link SegmentScale} among the fields of the distributions of a segment (docs/format.md section
 * 7.2) or of a model (section 12.1).
 */
public final class ScaleFields {
  private ScaleFields() {}

  /** Whether a column has spikes in each segment: where it may lose something within a bound. */
  private static boolean hasScale(ColumnCoding coding) {
    return hasScale(coding.precision());
  }

  /** Whether a column of a precision has spikes: where it may lose something within a bound. */
  public static boolean hasScale(Precision precision) {
    return precision.isLossy()
        && !(precision instanceof Precision.Measured)
        && !(precision instanceof Precision.Scaled);
  }

  /**
   * Whether a column may have {@linkplain SegmentScale#decimals decimals} in a segment: exact
   * floats that no model codes.
   */
  public static boolean mayHaveDecimals(ValueType type, ColumnCoding coding) {
    return type.isFloat() && !coding.precision().isLossy() && coding.coding() == 0;
  }

  /** Writes the scale of a segment; nothing where the column has none. */
  public static void write(
      SegmentScale scale, ValueType type, ColumnCoding coding, DistributionWriter out) {
    if (mayHaveDecimals(type, coding)) {
      out.decimals(scale.decimals() - SegmentScale.NO_DECIMALS);
      return;
    }
    if (!hasScale(coding)) {
      return;
    }
    Precision precision = coding.precision();
    writeOfModel(scale, type, precision, out);
    if (scale.dithered()) {
      out.raw(scale.lowest(), bits(type));
      out.raw(scale.highest(), bits(type));
    }
  }

  /** Writes what a model says of a scale: all but the range. */
  public static void writeOfModel(
      SegmentScale scale, ValueType type, Precision precision, DistributionWriter out) {
    out.spikes(scale.spikes().size());
    for (long spike : scale.spikes()) {
      out.raw(spike, bits(type));
    }
    if (precision instanceof Precision.Dithered) {
      out.dithered(scale.dithered());
    }
  }

  private static int bits(ValueType type) {
    return type == ValueType.FLOAT32 ? Float.SIZE : Double.SIZE;
  }

  /**
   * Reads the scale of a segment; a plain one where the column has none.
   *
   * @throws org.jetfold.codec.bytes.MalformedBytesException where it is none that a column can have
   */
  public static SegmentScale read(ValueType type, ColumnCoding coding, DistributionReader in) {
    if (mayHaveDecimals(type, coding)) {
      int field = in.decimals(SegmentScale.MAX_DECIMALS - SegmentScale.NO_DECIMALS);
      return field == 0
          ? SegmentScale.PLAIN
          : SegmentScale.ofDecimals(field + SegmentScale.NO_DECIMALS);
    }
    if (!hasScale(coding)) {
      return SegmentScale.PLAIN;
    }
    Precision precision = coding.precision();
    SegmentScale scale = readOfModel(type, precision, in);
    if (!scale.dithered()) {
      return scale;
    }
    long lowest = readFinite(type, in);
    long highest = readFinite(type, in);
    if (lowest > highest) {
      throw in.malformed("a column's smallest value is above its largest");
    }
    return new SegmentScale(scale.spikes(), true, lowest, highest);
  }

  /**
   * Reads what a model says of a scale.
   *
   * @throws org.jetfold.codec.bytes.MalformedBytesException where it is none that a column can have
   */
  public static SegmentScale readOfModel(
      ValueType type, Precision precision, DistributionReader in) {
    int count = in.spikes(SegmentScale.MAX_SPIKES);
    List<Long> spikes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      spikes.add(readFinite(type, in));
      if (i > 0 && spikes.get(i) <= spikes.get(i - 1)) {
        throw in.malformed("a column's spikes are not in increasing order");
      }
    }
    boolean zerosAreSpikes =
        precision instanceof Precision.Dithered
            && precision.promise() instanceof Precision.Absolute;
    if (zerosAreSpikes && (spikes.contains(0L) || spikes.contains(-1L))) {
      throw in.malformed("a zero is listed as a spike, which it is anyway");
    }
    return precision instanceof Precision.Dithered && in.dithered()
        ? new SegmentScale(spikes, true, 0, 0)
        : SegmentScale.undithered(spikes);
  }

  private static long readFinite(ValueType type, DistributionReader in) {
    long raw = in.raw(bits(type));
    long ordinal = type == ValueType.FLOAT32 ? (raw << Integer.SIZE) >> Integer.SIZE : raw;
    long infinity = type == ValueType.FLOAT32 ? 0x7F80_0000L : 0x7FF0_0000_0000_0000L;
    if ((ordinal ^ (ordinal >> 63)) >= infinity) {
      throw in.malformed("a spike or the end of a column's range is not finite");
    }
    return ordinal;
  }
}
