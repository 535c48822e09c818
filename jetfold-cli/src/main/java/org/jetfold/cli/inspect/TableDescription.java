package org.jetfold.cli.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jetfold.cli.console.JsonOutput;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.file.TableShape;
import org.jspecify.annotations.Nullable;

/** The columns of a table. */
final class TableDescription implements FileDescription {
  private final String name;
  private final Schema schema;
  private final OptionalLong rootEntries;
  private final @Nullable TableShape shape;

  /**
   * Reads what a table says of its columns.
   *
   * @param name what the table is called
   * @param check whether all rows are read, and counted
   */
  TableDescription(String name, TableSource source, boolean check) throws IOException {
    this.name = name;
    schema = source.schema();
    shape = check ? TableShape.counted(source) : null;
    rootEntries =
        shape == null ? source.rootEntries() : OptionalLong.of(shape.entries().getFirst());
  }

  private String size() {
    if (shape != null) {
      return shape.describe();
    }
    String columns = Quantities.count(schema.columns().size(), "column");
    String entry = schema.hasEvents() ? "event" : "row";
    return rootEntries.isPresent()
        ? Quantities.count(rootEntries.getAsLong(), entry) + ", " + columns
        : "%ss, %s".formatted(entry, columns);
  }

  @Override
  public List<String> lines() {
    TextTable table = new TextTable(Side.LEFT, Side.LEFT, Side.LEFT, Side.LEFT);
    table.line("column", "type", "unit", "list").rule();
    List<QualifiedColumn> names = QualifiedColumn.all(schema);
    for (int number = 0; number < names.size(); number++) {
      Column column = names.get(number).column();
      table.line(
          names.get(number).path(),
          type(column) + (column.integral() ? " (integers)" : ""),
          column.unit(),
          list(number));
    }
    List<String> lines = new ArrayList<>(List.of(name + ": " + size()));
    lines.addAll(table.lines());
    return lines;
  }

  private static String type(Column column) {
    return column.type().toString();
  }

  /** The list that a column's values are in; empty for rows and values of the event. */
  private String list(int column) {
    return schema.groups().get(schema.groupOf(column)).name();
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStringField("file", name);
    json.writeBooleanField("events", schema.hasEvents());
    if (rootEntries.isPresent()) {
      json.writeNumberField("entries", rootEntries.getAsLong());
    } else {
      json.writeNullField("entries");
    }
    List<Integer> numbers = IntStream.range(0, schema.columns().size()).boxed().toList();
    JsonOutput.writeArray(json, "columns", numbers, this::writeColumn);
  }

  private void writeColumn(int number, JsonGenerator json) throws IOException {
    Column column = schema.columns().get(number);
    json.writeStringField("name", column.name());
    json.writeStringField("path", QualifiedColumn.all(schema).get(number).path());
    json.writeStringField("list", list(number));
    json.writeStringField("type", type(column));
    json.writeStringField("unit", column.unit());
    json.writeBooleanField("integral", column.integral() || !column.type().isFloat());
  }
}
