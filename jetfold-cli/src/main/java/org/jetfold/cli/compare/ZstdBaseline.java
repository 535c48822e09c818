package org.jetfold.cli.compare;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.BoundCheck;
import org.jetfold.codec.quantize.ErrorExtremes;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jetfold.study.quantization.QuantizedLevels;

/**
 * What a general compressor makes of a column's bytes, little-endian as in the file, as they are or
 * after truncation.
 */
public final class ZstdBaseline {
  /** The strongest of zstd's usual levels. */
  public static final int LEVEL = 19;

  private ZstdBaseline() {}

  /** The size of a column without loss. */
  public static long size(ColumnValues values, ValueType type) {
    return Zstd.compress(bytes(values, type), LEVEL).length;
  }

  /**
   * The fewest mantissa bits with which truncation keeps every value of a column within a bound.
   */
  public static Precision.Bits matchingBits(ColumnValues values, ValueType type, Precision bound) {
    if (bound instanceof Precision.Bits same) {
      return same;
    }
    BoundCheck check = BoundCheck.of(bound, type);
    int tooFew = 0;
    int enough =
        type == ValueType.FLOAT32 ? Precision.Bits.MAX_FOR_FLOAT32 : Precision.Bits.MAX_FOR_FLOAT64;
    while (enough - tooFew > 1) {
      int middle = (tooFew + enough) / 2;
      ColumnValues truncated = truncated(values, type, new Precision.Bits(middle));
      boolean keeps =
          check.firstViolation(values, 0, truncated, 0, values.size(), new ErrorExtremes()) < 0;
      enough = keeps ? middle : enough;
      tooFew = keeps ? tooFew : middle;
    }
    return new Precision.Bits(enough);
  }

  /** A column after float truncation. */
  public static ColumnValues truncated(ColumnValues values, ValueType type, Precision.Bits bits) {
    return new QuantizedLevels(bits, type).quantized(values);
  }

  /** The values as they are in memory, little-endian. */
  static byte[] bytes(ColumnValues values, ValueType type) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.size() * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    switch (values) {
      case ColumnValues.Floats(float[] floats) -> {
        for (float value : floats) {
          bytes.putFloat(value);
        }
      }
      case ColumnValues.Doubles(double[] doubles) -> {
        for (double value : doubles) {
          bytes.putDouble(value);
        }
      }
      case ColumnValues.Integers(long[] integers) -> {
        for (long value : integers) {
          switch (type.bytes()) {
            case Byte.BYTES -> bytes.put((byte) value);
            case Short.BYTES -> bytes.putShort((short) value);
            case Integer.BYTES -> bytes.putInt((int) value);
            default -> bytes.putLong(value);
          }
        }
      }
    }
    return bytes.array();
  }
}
