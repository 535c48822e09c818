package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.TableUsageException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names of columns Parquet files keep: all but one, of any length. */
class ParquetNamesTest {
  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  static Stream<List<String>> names() {
    return Stream.of(
        List.of("x".repeat(255), "x".repeat(70_000), "μ".repeat(128)),
        List.of("a\nb", "c\rd", "\u001b[31m", "\t", "\u0085"),
        List.of("m", "M", "m_1", "m_2"),
        List.of("M_1", "m", "M"),
        List.of("ß", "SS", "ss"),
        List.of("\"q\"", "'s'", "a,b", "a.b", "*", " ", "</script>", "=1", "日本", "😀"));
  }

  private Foreign write(Schema schema, Path file) throws IOException {
    List<ColumnValues> values = new ArrayList<>();
    for (long i = 0; i < schema.columns().size(); i++) {
      values.add(new ColumnValues.Integers(new long[] {i}));
    }
    List<int[]> offsets = schema.hasEvents() ? List.of(new int[] {0, 1}) : List.of();
    WholeTable.write(
        TableFiles.create(file.toString(), null, schema, new SinkOptions(true, warnings::add)),
        new Table(schema, 1, offsets, values),
        1);
    return new Foreign(folder);
  }

  private static List<Column> columns(List<String> names) {
    return names.stream().map(name -> new Column(name, ValueType.INT64)).toList();
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("names")
  void namesComeBack(List<String> names) throws IOException {
    Path file = folder.resolve("names.parquet");
    for (Schema schema :
        List.of(Schema.flat(columns(names)), Schema.events(List.of(), "jets", columns(names)))) {
      warnings.clear();
      WholeTable back = write(schema, file).readFile(file.toString());
      assertThat(back.schema()).isEqualTo(schema);
      for (int i = 0; i < names.size(); i++) {
        assertThat(back.bits().get(i)).containsExactly(i);
      }
      boolean twins =
          names.stream().map(name -> name.toLowerCase(java.util.Locale.ROOT)).distinct().count()
              < names.size();
      assertThat(warnings).hasSize(twins ? 1 : 0);
      assertThat(warnings).allMatch(line -> line.contains("differs from it only in case"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "a\0b"})
  void theCharacterThatEndsTextsIsRefused(String name) {
    Path file = folder.resolve("names.parquet");
    for (Schema schema :
        List.of(
            Schema.flat(List.of(new Column(name, ValueType.INT64))),
            Schema.flat(List.of(new Column("pt", ValueType.INT64, name, false, false))),
            Schema.events(List.of(), "jets", columns(List.of(name))))) {
      assertThatThrownBy(() -> write(schema, file))
          .isInstanceOf(TableUsageException.class)
          .hasMessageContaining("holds a character 0");
      assertThat(file).doesNotExist();
    }
  }
}
