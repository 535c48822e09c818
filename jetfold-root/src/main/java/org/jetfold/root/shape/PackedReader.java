package org.jetfold.root.shape;

import java.io.IOException;
import org.jetfold.root.ValueType;
import org.jetfold.root.source.ByteCursor;
import org.jetfold.root.streamer.PackedRange;
import org.jspecify.annotations.Nullable;

/**
 * Reads Double32_t and Float16_t: an integer of 32 bits within a range, a float of 32 bits, or the
 * exponent (a byte) and a truncated mantissa with the sign above it (two bytes).
 */
final class PackedReader extends ValueReader {
  private static final int FLOAT16_BITS = 12;
  private static final int MANTISSA = 23;

  private final PackedRange range;
  private final int bits;
  private final @Nullable GrowingValues sink;

  PackedReader(ValueType type, PackedRange range, @Nullable GrowingValues sink) {
    this.range = range;
    this.bits = range.bits() == 0 && type == ValueType.FLOAT32 ? FLOAT16_BITS : range.bits();
    this.sink = sink;
  }

  @Override
  public int fixedSize() {
    return range.factor() == 0 && bits != 0 ? 3 : 4;
  }

  @Override
  public void read(ByteCursor in) throws IOException {
    if (sink == null) {
      in.skip(fixedSize());
    } else if (range.factor() != 0) {
      sink.add(in.u4() / range.factor() + range.minimum());
    } else if (bits == 0) {
      sink.add(in.f4());
    } else {
      int exponent = in.u1();
      int mantissa = in.u2();
      int sign = 1 << (bits + 1);
      int fraction = (mantissa & (sign - 1)) << (MANTISSA - bits);
      float magnitude = Float.intBitsToFloat((exponent << MANTISSA) | fraction);
      sink.add((mantissa & sign) != 0 ? -magnitude : magnitude);
    }
  }
}
