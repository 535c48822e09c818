package org.jetfold.root.shape;

import java.io.IOException;
import java.nio.ByteOrder;
import org.jetfold.root.ValueType;
import org.jetfold.root.source.ByteCursor;
import org.jspecify.annotations.Nullable;

/** Reads numbers of a basic type. */
final class NumberReader extends ValueReader {
  private final ValueType type;
  private final @Nullable GrowingValues sink;
  private final @Nullable GrowingInts counts;

  /**
   * @param sink where the numbers go; null to pass over them
   * @param counts where they go as lengths of other members; null where no member needs them
   */
  NumberReader(ValueType type, @Nullable GrowingValues sink, @Nullable GrowingInts counts) {
    this.type = type;
    this.sink = sink;
    this.counts = counts;
  }

  @Override
  public void read(ByteCursor in) throws IOException {
    readLoop(in, 1);
  }

  @Override
  public void readLoop(ByteCursor in, int count) throws IOException {
    int at = in.take(count, type.bytes());
    if (sink != null && sink.type() == type) {
      sink.add(in.array(), at, count, ByteOrder.BIG_ENDIAN);
    } else if (sink != null) {
      convert(in, at, count, sink);
    }
    if (counts != null) {
      counts.clear();
      ByteCursor again = in.part(at, in.position());
      for (int i = 0; i < count; i++) {
        counts.add(
            switch (type.bytes()) {
              case 1 -> again.u1();
              case 2 -> again.i2();
              case 4 -> again.i4();
              default -> Math.clamp(again.i8(), -1, Integer.MAX_VALUE);
            });
      }
    }
  }

  private void convert(ByteCursor in, int at, int count, GrowingValues column) throws IOException {
    GrowingValues numbers = new GrowingValues(type, "");
    numbers.add(in.array(), at, count, ByteOrder.BIG_ENDIAN);
    if (!NumberConversion.add(numbers.finish(), type, column)) {
      throw in.error(
          "objects of another version of its class, in which that member is a %s with values that a %s cannot hold"
              .formatted(type, column.type()));
    }
  }

  @Override
  public int fixedSize() {
    return type.bytes();
  }
}
