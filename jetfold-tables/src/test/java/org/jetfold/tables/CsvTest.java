package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.ColumnRequest;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.testing.RandomCase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a CSV file means, and what is refused of it. */
class CsvTest {
  /** More than any limit of the reader. */
  private static final int ENDLESS = 1 << 25;

  private final List<String> warnings = new ArrayList<>();

  private WholeTable read(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (TableSource source = open(new ByteArrayInputStream(bytes))) {
      return WholeTable.read(source, 2);
    }
  }

  private TableSource open(InputStream in) throws IOException {
    return TableFiles.open(
        List.of("-"), TableFormats.named("csv"), new SourceOptions(warnings::add), in);
  }

  private static List<ValueType> types(WholeTable table) {
    return table.schema().columns().stream().map(Column::type).toList();
  }

  private static List<String> names(WholeTable table) {
    return table.schema().columns().stream().map(Column::name).toList();
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  @Test
  void findsTheTypesOfColumns() throws IOException {
    WholeTable table =
        read("i,f,b,u,g\n1,1,true,18446744073709551615,\n-5,2.5,False,0,1e300\n3,-0,TRUE,7,-inf\n");
    assertThat(names(table)).containsExactly("i", "f", "b", "u", "g");
    assertThat(types(table))
        .containsExactly(
            ValueType.INT64,
            ValueType.FLOAT64,
            ValueType.BOOL,
            ValueType.UINT64,
            ValueType.FLOAT64);
    assertThat(table.bits().get(0)).containsExactly(1, -5, 3);
    assertThat(table.bits().get(1)).containsExactly(bits(1.0), bits(2.5), bits(-0.0));
    assertThat(table.bits().get(2)).containsExactly(1, 0, 1);
    assertThat(table.bits().get(3)).containsExactly(-1, 0, 7);
    assertThat(table.bits().get(4)).containsExactly(bits(Double.NaN), bits(1e300), 0xFFF0L << 48);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\n1,2\n3,4\n",
        "a,b\r\n1,2\r\n3,4\r\n",
        "\uFEFFa,b\n1,2\n3,4",
        "\"a\" , b\n 1,\"2\"\n3 ,\t4\n\n\n",
        "a,b\n+1,2\r\n03,4",
        "a,b\r1,2\r3,4\r",
        "\"a\",\"b\"\n\"1\" , \"2\"\n\"3\",\"0004\"",
        "a,b\n00000000000000000000000001,2\n3,4\r\n\r\n\n"
      })
  void readsTheSameInOtherClothes(String text) throws IOException {
    WholeTable table = read(text);
    assertThat(names(table)).containsExactly("a", "b");
    assertThat(table.bits().get(0)).containsExactly(1, 3);
    assertThat(table.bits().get(1)).containsExactly(2, 4);
  }

  /** What nobody asked for may hold anything: it is not looked into. */
  @Test
  void columnsThatAreNotAskedForMayHoldText() throws IOException {
    String text =
        "sample,pt,event,flag,eta\nqcd,1.5,7,true,2\nqcd,2.5,7,1,\nzprime,3.5,8,no,-1.5\n";
    WholeTable flat = read(text, null, "eta", "p?");
    assertThat(names(flat)).containsExactly("pt", "eta");
    assertThat(flat.bits().get(0)).containsExactly(bits(1.5), bits(2.5), bits(3.5));
    assertThat(flat.bits().get(1)).containsExactly(bits(2), bits(Double.NaN), bits(-1.5));

    // The column that makes events is asked for by that; names may have the collection before them.
    WholeTable events = read(text, "event", "jets.pt");
    assertThat(events.bits()).contains(flat.bits().getFirst());
    assertThat(names(events)).contains("pt").doesNotContain("sample", "flag", "eta");

    assertThatThrownBy(() -> read(text, null, "pt", "flag"))
        .hasMessageContaining("line 4, column flag: 'no' is no number");
    assertThatThrownBy(() -> read(text, null))
        .hasMessageContaining(
            "column sample: 'qcd' is no number: correct it, or leave the column out");
    assertThatThrownBy(() -> read("a,b\n1,2\n3\n", null, "a"))
        .hasMessageContaining("line 3 has 1 fields, but the first line has 2");
    assertThatThrownBy(() -> read("eta,phi\n1,2\n", null, "etA"))
        .hasMessageContaining("no column is called etA; did you mean eta");
    assertThatThrownBy(() -> read("eta,phi\n1,2\n", "number", "eta"))
        .hasMessageContaining("no column number to find events by; it has eta, phi");
  }

  private WholeTable read(String text, @Nullable String eventColumn, String... columns)
      throws IOException {
    SourceOptions options =
        new SourceOptions(
            eventColumn, new ColumnRequest(List.of(), List.of(columns)), 1, warnings::add);
    InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    try (TableSource source =
        TableFiles.open(List.of("-"), TableFormats.named("csv"), options, in)) {
      return WholeTable.read(source, 2);
    }
  }

  @Test
  void whatIsMissingOrRoundedIsCounted() throws IOException {
    WholeTable table =
        read(
            """
            n,b,x,u,i
            1,true,1.5,9007199254740993,7
            ,,,0.5,8
            3,false,1e-400,18446744073709551616,9
            """);
    assertThat(types(table).subList(0, 4)).containsOnly(ValueType.FLOAT64);
    assertThat(table.bits().get(0)).containsExactly(bits(1), bits(Double.NaN), bits(3));
    assertThat(table.bits().get(1)).containsExactly(bits(1), bits(Double.NaN), bits(0));
    assertThat(table.bits().get(2)).containsExactly(bits(1.5), bits(Double.NaN), bits(0));
    assertThat(warnings)
        .containsExactlyInAnyOrder(
            "standard input: column n: missing values read as NaN, the others as float64: 1",
            "standard input: column b: missing values read as NaN, the others as float64: 1",
            "standard input: column x: missing values read as NaN: 1",
            "standard input: column u: values rounded to the nearest float64: 1",
            "standard input: column x: values rounded to the nearest float64: 1");
  }

  @Test
  void theSignOfACommentBeforeTheNamesIsTakenOff() throws IOException {
    WholeTable table = read("# pt,eta\n1.5,2\n");
    assertThat(names(table)).containsExactly("pt", "eta");
    assertThat(warnings)
        .singleElement()
        .asString()
        .endsWith(
            "line 1 begins with '# ', as numpy.savetxt writes it: the first column is called pt");
    assertThat(names(read("# 1,2\n3,4\n"))).containsExactly("1", "2");
    assertThat(names(read("#jets,\"# x\"\n1,2\n"))).containsExactly("#jets", "# x");
    assertThat(names(read("\"# pt\",eta\n1,2\n"))).containsExactly("# pt", "eta");
  }

  private ByteArrayOutputStream writeNames(List<String> names) throws IOException {
    Schema schema =
        Schema.flat(names.stream().map(name -> new Column(name, ValueType.INT64)).toList());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SinkOptions options = new SinkOptions(false, warnings::add);
    List<ColumnValues> values = new ArrayList<>();
    names.forEach(_ -> values.add(new ColumnValues.Integers(new long[] {1})));
    WholeTable.write(
        TableFiles.create("-", TableFormats.named("csv"), schema, options, out),
        new Table(schema, 1, List.of(), values),
        1);
    return out;
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+x", "-x", "@SUM(A1)", "\tx", "\rx"})
  void aNameThatASpreadsheetRunsIsKeptWithAWarning(String name) throws IOException {
    String text = writeNames(List.of("pt", name)).toString(StandardCharsets.UTF_8);
    assertThat(warnings).singleElement().asString().contains("takes the name of column");
    assertThat(names(read(text))).containsExactly("pt", name);
  }

  @Test
  void namesAndColumnsThatCouldNotBeReadAgainAreNotWritten() throws IOException {
    String longest = "\"".repeat((1 << 15) - 2);
    String text = writeNames(List.of(longest)).toString(StandardCharsets.UTF_8);
    assertThat(names(read(text))).containsExactly(longest);
    assertThatThrownBy(() -> writeNames(List.of("x" + longest)))
        .isInstanceOf(TableUsageException.class)
        .hasMessageContaining("too long for CSV");
    List<String> many = IntStream.rangeClosed(0, 1 << 16).mapToObj(i -> "x" + i).toList();
    assertThatThrownBy(() -> writeNames(many))
        .isInstanceOf(TableUsageException.class)
        .hasMessageContaining("at most 65536 columns");
  }

  @Test
  void aFirstLineOfNumbersIsARow() throws IOException {
    WholeTable table = read("1,2.5\n3,4\n");
    assertThat(names(table)).containsExactly("c0", "c1");
    assertThat(table.bits().getFirst()).containsExactly(1, 3);
    assertThat(warnings).singleElement().asString().contains("line 1 holds only numbers");
  }

  @Test
  void aHeaderAloneIsATableWithoutRows() throws IOException {
    WholeTable table = read("a,b\n");
    assertThat(names(table)).containsExactly("a", "b");
    assertThat(table.bits().getFirst()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "a,b;1,2;3;              | line 3 has 1 fields, but the first line has 2",
        "a,b;1,2,;               | line 2 has 3 fields, but the first line has 2",
        "a,b;1,2;;3,4            | line 3 is empty",
        "a,b;1,2;x,4             | line 3, column a: 'x' is no number",
        "a,b;1,0x10              | line 2, column b: '0x10' is no number",
        "a,b;1,1_000             | line 2, column b: '1_000' is no number",
        "a,b;1,1e                | line 2, column b: '1e' is no number",
        "a,b;1,.                 | line 2, column b: '.' is no number",
        "a,b;1,1.5f              | line 2, column b: '1.5f' is no number",
        "a,b;1,2026-01-01        | line 2, column b: '2026-01-01' is no number",
        "a,b;1,1e999             | line 2, column b: 1e999 is larger than any float64",
        "a,b;1,-2.5E+400         | line 2, column b: -2.5E+400 is larger than any float64",
        "a,b;1,.5;3,9e99999999999999 | line 3, column b: 9e99999999999999 is larger",
        "a,b;1,true;3,4          | true or false (line 2) and numbers (line 3)",
        "a,b;1,-1;3,18446744073709551615 | line 3, column b: the integer does not fit",
        "a,b;1,18446744073709551616 | line 2, column b: the integer does not fit",
        "a,a;1,2                 | line 1: two columns are called a",
        "a,b;1,3\"4              | line 2, column b: '3\"4' is no number",
        "a,x\"b;1,2              | line 1: a quote in the middle of x\"b",
        "a,b;1,\"4               | line 2: Unclosed quoted field at end of input",
        "a,b;1,\"4\"5            | line 2: Unexpected character after closing quote: '5' (0x35)",
        "``                      | is empty",
        ";;                      | is empty",
        ";a,b;1,2                | line 1 is empty",
        "a;1;;2                  | line 3 is empty",
        "a,b;1, - 2              | line 2, column b: '- 2' is no number",
        "a,b;1,\" 2\"            | line 2, column b: ' 2' is no number",
        "a,b;1,1,234             | line 2 has 3 fields",
        "a,b;1;2                 | line 2 has 1 fields",
        "a;b                     | line 2, column a: 'b' is no number",
        "a,b;1,2d                | line 2, column b: '2d' is no number",
        "a,b;1,0x1p3             | line 2, column b: '0x1p3' is no number",
        "a,b;1,١                 | line 2, column b: '١' is no number",
        "a,b;1,+-1               | line 2, column b: '+-1' is no number",
        "a,b;1,-true             | line 2, column b: '-true' is no number",
        "a,b;1,+                 | line 2, column b: '+' is no number",
        "a,b;1,.e5               | line 2, column b: '.e5' is no number",
      })
  void refuses(String text, String message) {
    assertThatThrownBy(() -> read(text.replace(';', '\n')))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageStartingWith("standard input: ")
        .hasMessageContaining(message);
  }

  @Test
  void numbersInQuotesAreNames() throws IOException {
    WholeTable table = read("\"1\",2\n3,4\n");
    assertThat(names(table)).containsExactly("1", "2");
    assertThat(table.bits().getFirst()).containsExactly(3);
    assertThat(warnings).singleElement().asString().contains("only numbers, but in quotes");
  }

  @Test
  void namesInQuotesMayHoldAnything() throws IOException {
    WholeTable table = read("\" a\n,\"\"\",μ\n1,2\n");
    assertThat(names(table)).containsExactly(" a\n,\"", "μ");
    assertThatThrownBy(() -> read("\"a\nb\"\n1\nx\n"))
        .hasMessageContaining("line 4, column a?b: 'x'");
  }

  @Test
  void readsIntegersToTheEndOf64Bits() throws IOException {
    WholeTable table =
        read(
            """
            a,b,c
            9223372036854775807,18446744073709551615,18446744073709551616
            -9223372036854775808,+9223372036854775808,1.
            """);
    assertThat(types(table)).containsExactly(ValueType.INT64, ValueType.UINT64, ValueType.FLOAT64);
    assertThat(table.bits().get(0)).containsExactly(Long.MAX_VALUE, Long.MIN_VALUE);
    assertThat(table.bits().get(1)).containsExactly(-1, Long.MIN_VALUE);
    assertThat(table.bits().get(2)).containsExactly(bits(0x1p64), bits(1));
  }

  @Test
  void readsOtherEncodingsByTheirByteOrderMark() throws IOException {
    byte[] bytes = "\uFEFFa,μ\n1,2.5\n".getBytes(StandardCharsets.UTF_16LE);
    try (TableSource source = open(new ByteArrayInputStream(bytes))) {
      assertThat(names(WholeTable.read(source, 2))).containsExactly("a", "μ");
    }
    assertThatThrownBy(() ->
            open(new ByteArrayInputStream("µ,b\n1,2\n".getBytes(StandardCharsets.ISO_8859_1))))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageContaining("is not text in UTF-8");
  }

  @Tag("slow")
  @Test
  void refusesRowsWithoutEndInBoundedMemory() {
    refusesEndless("1234567890", "line 1: The maximum buffer size of 65536 is insufficient");
    refusesEndless('"' + "\n".repeat(100_000), "maximum buffer size of 65536");
    refusesEndless("1,", "line 1 has more than 65536 fields");
    refusesEndless("x".repeat(60_000) + ",", "line 1 is longer than 16777216 characters");
  }

  /** Reads many times the same text; where it is kept, there is not enough memory for it. */
  private void refusesEndless(String text, String message) {
    // As many at once as a file gives: a read that gives few bytes costs as much as one of many.
    byte[] once =
        text.repeat(Math.ceilDiv(1 << 16, text.length())).getBytes(StandardCharsets.UTF_8);
    InputStream endless =
        new InputStream() {
          private int read;

          @Override
          public int read() {
            return read < ENDLESS ? once[read++ % once.length] : -1;
          }

          @Override
          public int read(byte[] to, int from, int length) {
            int at = read % once.length;
            int count = Math.min(Math.min(length, once.length - at), ENDLESS - read);
            System.arraycopy(once, at, to, from, count);
            read += count;
            return count == 0 && length > 0 ? -1 : count;
          }
        };
    assertThatThrownBy(() -> open(endless))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageContaining(message);
  }

  @Test
  void hardNamesComeBack() throws IOException {
    List<Column> columns = new ArrayList<>();
    for (String hard :
        List.of(
            "\uFEFFx", "#x", "# y", " x", "x\t", "a\r\nb", "\"", "1e5", "nan", "TRUE", "a/b", "日本",
            "😀")) {
      columns.add(new Column(hard, ValueType.INT64));
    }
    Schema schema = Schema.flat(columns);
    List<ColumnValues> values = new ArrayList<>();
    columns.forEach(_ -> values.add(new ColumnValues.Integers(new long[] {1})));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SinkOptions options = new SinkOptions(false, warnings::add);
    WholeTable.write(
        TableFiles.create("-", TableFormats.named("csv"), schema, options, out),
        new Table(schema, 1, List.of(), values),
        1);
    assertThat(read(out.toString(StandardCharsets.UTF_8)).schema()).isEqualTo(schema);
  }

  @Test
  void aDamagedTextGivesNoOtherException() {
    byte[] text =
        "pt,\"eta \"\"x\"\"\",n,b,u\n1.5,2,1,true,18446744073709551615\r\n\"2.5\",-3e5,,false,7\n.25,inf,-4,,9\n"
            .getBytes(StandardCharsets.UTF_8);
    RandomCase.each(
        2_000,
        random -> {
          byte[] damaged = Arrays.copyOf(text, random.between(1, text.length));
          for (int i = random.between(0, 4); i >= 0; i--) {
            damaged[random.between(0, damaged.length - 1)] = (byte) random.bits();
          }
          try (TableSource source = open(new ByteArrayInputStream(damaged))) {
            WholeTable.read(source, 2);
          } catch (JetfoldException e) {
            assertThat(e.getMessage())
                .startsWith("standard input: ")
                .doesNotContain("\n", "null", "Exception");
          }
        });
  }

  @Test
  void readsDecimalsAsJavaDoes() throws IOException {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder("x\n");
    List<Double> expected = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      String number =
          switch (random.nextInt(4)) {
            case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong() & ~(1L << 62)));
            case 1 -> Float.toString(random.nextFloat() * 1e5f);
            case 2 -> random.nextInt() + "." + random.nextInt(1_000_000);
            default -> "0." + "0".repeat(random.nextInt(25)) + random.nextLong(Long.MAX_VALUE);
          };
      text.append(number).append('\n');
      expected.add(Double.parseDouble(number));
    }
    WholeTable table = read(text.toString());
    assertThat(table.bits().getFirst())
        .isEqualTo(expected.stream().mapToLong(Double::doubleToRawLongBits).toArray());
  }

  @Test
  void writesShortestTexts() throws IOException {
    Schema schema =
        Schema.flat(
            List.of(
                new Column("a,\"b\"", ValueType.FLOAT32),
                new Column("1", ValueType.BOOL),
                new Column("u", ValueType.UINT64)));
    Table table =
        new Table(
            schema,
            4,
            List.of(),
            List.of(
                new ColumnValues.Floats(
                    new float[] {0.1f, -0.0f, Float.NaN, Float.NEGATIVE_INFINITY}),
                new ColumnValues.Integers(new long[] {0, 1, 1, 0}),
                new ColumnValues.Integers(new long[] {-1, 0, 1, 2})));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SinkOptions options = new SinkOptions(false, warnings::add);
    WholeTable.write(
        TableFiles.create("-", TableFormats.named("csv"), schema, options, out), table, 3);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "\"a,\"\"b\"\"\",\"1\",u\n"
                + "0.1,false,18446744073709551615\n"
                + "-0.0,true,0\n"
                + "nan,true,1\n"
                + "-inf,false,2\n");
  }
}
