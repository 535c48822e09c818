package org.jetfold.root.ntuple;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetfold.root.ColumnValues;
import org.jetfold.root.ValueType;
import org.jetfold.root.shape.GrowingValues;
import org.junit.jupiter.api.Test;

class PageDecoderTest {
  @Test
  void splitIntegersAreZigzag() throws IOException {
    // 0, −1, 1, −2, 32767, −32768 in zigzag are 0, 1, 2, 3, FFFE, FFFF: low bytes first, then high
    // bytes.
    byte[] page = {0, 1, 2, 3, (byte) 0xFE, (byte) 0xFF, 0, 0, 0, 0, (byte) 0xFF, (byte) 0xFF};
    assertThat(integers(column(ColumnType.SPLIT_INT16, 16), page, 6, ValueType.INT16))
        .containsExactly(0, -1, 1, -2, 32767, -32768);
  }

  @Test
  void splitIndexesAreDifferences() {
    byte[] page = {1, 0, 2, (byte) 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    PageDecoder decoder = new PageDecoder(column(ColumnType.SPLIT_INDEX32, 32));
    assertThat(decoder.indexes(page, 4, 1, 4)).containsExactly(1, 3, 258);
  }

  @Test
  void plainNumbersAreLittleEndian() throws IOException {
    ByteBuffer page = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    page.putLong(-5).putLong(Long.MIN_VALUE);
    assertThat(integers(column(ColumnType.INT64, 64), page.array(), 2, ValueType.INT64))
        .containsExactly(-5, Long.MIN_VALUE);
    assertThat(integers(column(ColumnType.UINT8, 8), new byte[] {-1, 3}, 2, ValueType.INT32))
        .containsExactly(255, 3);
  }

  @Test
  void splitFloats() throws IOException {
    int one = Float.floatToRawIntBits(1.5f);
    int two = 0x7FC12345; // a NaN with a payload
    byte[] page = new byte[8];
    for (int b = 0; b < 4; b++) {
      page[2 * b] = (byte) (one >> (8 * b));
      page[2 * b + 1] = (byte) (two >> (8 * b));
    }
    float[] values = floats(column(ColumnType.SPLIT_REAL32, 32), page, 2);
    assertThat(values[0]).isEqualTo(1.5f);
    assertThat(Float.floatToRawIntBits(values[1])).isEqualTo(two);
  }

  @Test
  void halfTruncatedAndQuantizedReals() throws IOException {
    assertThat(floats(column(ColumnType.REAL16, 16), new byte[] {0, 0x3C, 0, (byte) 0xC0}, 2))
        .containsExactly(1f, -2f);
    // The upper twelve bits of 1.5 and −3: 3FC and C04.
    assertThat(
            floats(
                column(ColumnType.REAL32_TRUNCATED, 12),
                new byte[] {(byte) 0xFC, 0x43, (byte) 0xC0},
                2))
        .containsExactly(1.5f, -3f);
    PhysicalColumn quantized =
        new PhysicalColumn(0, 0, ColumnType.REAL32_QUANTIZED, 4, -1, 14, false);
    assertThat(floats(quantized, new byte[] {(byte) 0xF0, 7}, 3)).containsExactly(-1f, 14f, 6f);
  }

  @Test
  void bitsComeLowestFirst() throws IOException {
    assertThat(integers(column(ColumnType.BIT, 1), new byte[] {0b0000_0101, 1}, 9, ValueType.BOOL))
        .containsExactly(1, 0, 1, 0, 0, 0, 0, 0, 1);
  }

  private static PhysicalColumn column(ColumnType type, int bits) {
    return new PhysicalColumn(0, 0, type, bits, 0, 0, false);
  }

  private static long[] integers(PhysicalColumn column, byte[] page, int elements, ValueType type)
      throws IOException {
    GrowingValues out = new GrowingValues(type, "f.root");
    new PageDecoder(column).decode(page, elements, 0, elements, out);
    return ((ColumnValues.Integers) out.finish()).values();
  }

  private static float[] floats(PhysicalColumn column, byte[] page, int elements)
      throws IOException {
    GrowingValues out = new GrowingValues(ValueType.FLOAT32, "f.root");
    new PageDecoder(column).decode(page, elements, 0, elements, out);
    return ((ColumnValues.Floats) out.finish()).values();
  }
}
