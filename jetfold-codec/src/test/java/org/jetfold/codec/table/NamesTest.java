package org.jetfold.codec.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jetfold.codec.Compression;
import org.jetfold.codec.RoundTrip;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.precision.PrecisionRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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

  /** What a file keeps to the byte, however odd: whoever writes another format decides for it. */
  static Stream<Arguments> keptNames() {
    return Stream.of(
        arguments("65,535 bytes", "p".repeat(0xFFFF)),
        arguments("65,536 bytes", "p".repeat(0x10000)),
        arguments("a million characters of three bytes", "\u20ac".repeat(1_000_000)),
        arguments("255 bytes", "\u00e4".repeat(127) + "x"),
        arguments("control characters", "a\u0000b\u0007\n\r\t\u007f\u0085"),
        arguments("an escape sequence", "\u001b[31mred\u001b[0m"),
        arguments("a tag", "</script><!--"),
        arguments("a formula", "=1+1"),
        arguments("a path", "../../etc/passwd"),
        arguments("blanks", " "),
        arguments("dots", ".."),
        arguments("an order mark", "\ufeffpt"),
        arguments("text that runs to the left", "\u202ept"),
        arguments("a pair of surrogates", "\ud83d\ude00"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keptNames")
  void aFileKeepsNamesAndUnits(String kind, String name) throws IOException {
    Column pt = new Column(name, ValueType.FLOAT32, name, false, false);
    Schema schema = Schema.events(List.of(pt), name, List.of(pt));
    Table table =
        new Table(
            schema,
            1,
            List.of(new int[] {0, 2}),
            List.of(
                new ColumnValues.Floats(new float[] {1}),
                new ColumnValues.Floats(new float[] {2, 3})));
    RoundTrip restored = RoundTrip.of(table, Compression.of(schema, PrecisionRules.exact()), 1);
    assertThat(restored.table().schema()).as(kind).isEqualTo(schema);
    assertThat(restored.table().floats(name + "." + name)).containsExactly(2, 3);
  }

  /** Composed and decomposed characters look alike, and have different bytes. */
  @Test
  void namesThatLookAlikeAreDifferent() throws IOException {
    List<String> alike = List.of("\u00e4", "a\u0308", "pt", "p\u200bt", "PT", "pt ");
    Schema schema =
        Schema.flat(alike.stream().map(name -> new Column(name, ValueType.INT8)).toList());
    Table table = Table.empty(schema);
    RoundTrip restored = RoundTrip.of(table, Compression.of(schema, PrecisionRules.exact()), 1);
    assertThat(restored.table().schema()).isEqualTo(schema);
  }

  @Test
  void collectionsNestSixteenDeep() throws IOException {
    for (int depth : new int[] {16, 17}) {
      Group group = new Group("a", List.of(new Column("x", ValueType.INT8)), List.of());
      for (int above = 1; above < depth; above++) {
        group = new Group("a", List.of(), List.of(group));
      }
      Schema schema = new Schema(new Group("", List.of(), List.of(group)));
      assertThat(schema.depth()).isEqualTo(depth);
      if (depth == 16) {
        Compression plan = Compression.of(schema, PrecisionRules.exact());
        assertThat(RoundTrip.of(Table.empty(schema), plan, 1).table().schema()).isEqualTo(schema);
      } else {
        assertThatThrownBy(() -> Compression.of(schema, PrecisionRules.exact()))
            .isInstanceOf(UnreadableTableException.class)
            .hasMessageContaining("collections nest 17 deep");
      }
    }
  }

  @Test
  void equalAndEmptyNamesAreRefused() {
    Column pt = new Column("pt", ValueType.INT8);
    assertThatThrownBy(() -> Schema.flat(List.of(pt, pt)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two columns are called pt");
    Group jets = new Group("jets", List.of(), List.of());
    assertThatThrownBy(() -> new Schema(new Group("", List.of(), List.of(jets, jets))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two collections are called jets");
    assertThatThrownBy(() -> new Column("", ValueType.INT8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a column needs a name");
    assertThatThrownBy(() -> Schema.events(List.of(), "", List.of(pt)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a collection needs a name");
  }
}
