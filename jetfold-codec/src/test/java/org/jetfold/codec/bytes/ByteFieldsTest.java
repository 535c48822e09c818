package org.jetfold.codec.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Fields are read as they were written, and only in their one right form. */
class ByteFieldsTest {
  private static ByteReader reader(int... bytes) {
    byte[] array = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      array[i] = (byte) bytes[i];
    }
    return new ByteReader(array, 100);
  }

  @Test
  void fieldsOfAllKindsComeBack() {
    for (long seed = 0; seed < 200; seed++) {
      ByteWriter out = new ByteWriter(seed % 3 == 0 ? 0 : 1000);
      SplittableRandom random = new SplittableRandom(seed);
      int fields = random.nextInt(300);
      for (int i = 0; i < fields; i++) {
        write(out, random);
      }
      ByteReader in = new ByteReader(out.array(), 0, out.size(), 0);
      random = new SplittableRandom(seed);
      assertThat(random.nextInt(300)).isEqualTo(fields);
      for (int i = 0; i < fields; i++) {
        checkRead(in, random);
      }
      in.expectEnd("the test");
      assertThat(in.offset()).isEqualTo(out.size());
      assertThat(out.toByteArray()).hasSize(out.size());
      out.clear();
      assertThat(out.size()).isZero();
    }
  }

  private static long number(SplittableRandom random) {
    return random.nextLong() >> random.nextInt(64);
  }

  private static void write(ByteWriter out, SplittableRandom random) {
    switch (random.nextInt(8)) {
      case 0 -> out.u8((int) number(random));
      case 1 -> out.u32((int) number(random));
      case 2 -> out.u64(number(random));
      case 3 -> out.varint(number(random));
      case 4 -> out.zigzag(number(random));
      case 5 -> out.f32(Float.intBitsToFloat((int) number(random)));
      case 6 -> out.f64(Double.longBitsToDouble(number(random)));
      default -> out.string("η→" + number(random));
    }
  }

  private static void checkRead(ByteReader in, SplittableRandom random) {
    switch (random.nextInt(8)) {
      case 0 -> assertThat(in.u8()).isEqualTo((int) number(random) & 0xFF);
      case 1 -> assertThat(in.u32()).isEqualTo((int) number(random));
      case 2 -> assertThat(in.u64()).isEqualTo(number(random));
      case 3 -> assertThat(in.varint()).isEqualTo(number(random));
      case 4 -> assertThat(in.zigzag()).isEqualTo(number(random));
      case 5 -> assertThat(Float.floatToRawIntBits(in.f32())).isEqualTo((int) number(random));
      case 6 -> assertThat(Double.doubleToRawLongBits(in.f64())).isEqualTo(number(random));
      default -> assertThat(in.string()).isEqualTo("η→" + number(random));
    }
  }

  @Test
  void varintsAreAsTheDocumentSays() {
    assertThat(reader(0).varint()).isZero();
    assertThat(reader(0x80, 1).varint()).isEqualTo(128);
    assertThat(reader(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1).varint())
        .isEqualTo(-1);
    assertThat(reader(1).zigzag()).isEqualTo(-1);
    assertThat(reader(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1).zigzag())
        .isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void otherFormsOfVarintsAreRefused() {
    int[][] wrong = {
      {},
      {0x80},
      {0x80, 0},
      {0xFF, 0x80, 0},
      {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2},
      {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x81},
      {0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1}
    };
    for (int[] bytes : wrong) {
      assertThatThrownBy(() -> reader(bytes).varint())
          .isInstanceOfSatisfying(
              MalformedBytesException.class,
              e -> assertThat(e.offset()).isBetween(100L, 100L + bytes.length));
    }
  }

  @Test
  void missingBytesAndBadStringsAreRefused() {
    assertThatThrownBy(() -> reader(1, 2, 3).u32()).isInstanceOf(MalformedBytesException.class);
    assertThatThrownBy(() -> reader(1, 2, 3, 4, 5, 6, 7).u64())
        .isInstanceOf(MalformedBytesException.class);
    assertThatThrownBy(() -> reader(3, 'a', 'b').string())
        .isInstanceOf(MalformedBytesException.class);
    // An overlong slash, a lone surrogate.
    assertThatThrownBy(() -> reader(2, 0xC0, 0xAF).string())
        .isInstanceOf(MalformedBytesException.class);
    assertThatThrownBy(() -> reader(3, 0xED, 0xA0, 0x80).string())
        .isInstanceOf(MalformedBytesException.class);
    assertThatThrownBy(() -> reader(1, 2).raw(3)).isInstanceOf(MalformedBytesException.class);
    assertThatThrownBy(() -> reader(1, 2).skip(3)).isInstanceOf(MalformedBytesException.class);
    assertThatThrownBy(() -> reader(9).count(8, "nines"))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining("nines");
    assertThatThrownBy(() -> reader(1).expectEnd("one"))
        .isInstanceOf(MalformedBytesException.class);
  }
}
