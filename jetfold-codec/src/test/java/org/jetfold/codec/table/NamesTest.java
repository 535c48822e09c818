package org.jetfold.codec.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts may be names: those that come back from their bytes. */
final class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "pt\udfff", "\udc00\ud800", "a\ud83dz"})
  void surrogatesWithoutTheirOtherHalfAreRefused(String name) {
    assertThatThrownBy(() -> new Column(name, ValueType.FLOAT32))
        .isInstanceOf(IllFormedNameException.class)
        .hasMessageContaining("the column name '")
        .hasMessageContaining("\\ud");
    assertThatThrownBy(() -> new Column("pt", ValueType.FLOAT32, name, false, false))
        .isInstanceOf(IllFormedNameException.class)
        .hasMessageContaining("the unit '");
    assertThatThrownBy(() -> new Group(name, List.of(), List.of()))
        .isInstanceOf(IllFormedNameException.class)
        .hasMessageContaining("the collection name '");
  }

  /** So different names have different bytes, too. */
  @Test
  void everyOtherNameComesBackFromItsBytes() {
    SplittableRandom random = new SplittableRandom(20);
    char[] odd = {'a', '\u0000', '\u001b', '\u00e4', '\u202e', '\ud83d', '\ude00', '\uffff', '?'};
    int taken = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder name = new StringBuilder();
      for (int length = 1 + random.nextInt(4); length > 0; length--) {
        name.append(odd[random.nextInt(odd.length)]);
      }
      try {
        String kept = new Column(name.toString(), ValueType.FLOAT32).name();
        ByteWriter bytes = new ByteWriter();
        bytes.string(kept);
        assertThat(new ByteReader(bytes.toByteArray(), 0).string()).isEqualTo(kept);
        taken++;
      } catch (IllFormedNameException _) {
        assertThat(name.chars().anyMatch(c -> Character.isSurrogate((char) c))).isTrue();
      }
    }
    assertThat(taken).isBetween(5_000, 18_000);
  }
}
