package org.jetfold.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jetfold.cli.console.TextTable.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers and tables as people read them. */
final class TextTest {
  @ParameterizedTest
  @CsvSource({
    "0,0 bytes",
    "1,1 byte",
    "999,999 bytes",
    "1000,1.00 kB",
    "24863976,24.9 MB",
    "999600,1.00 MB",
    "999400,999 kB",
    "10134278870,10.1 GB"
  })
  void sizes(long bytes, String text) {
    assertThat(Quantities.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0,5,0",
    "20000,5,20000",
    "0.000999,3,0.000999",
    "4554321,5,4554321",
    "45543210,5,4.5543e7",
    "-3.14159,3,-3.14",
    "1.5,5,1.5",
    "0.00001234,3,1.23e-5",
    "100,3,100",
    "-1e30,3,-1e30"
  })
  void values(double value, int digits, String text) {
    assertThat(Quantities.significant(value, digits)).isEqualTo(text);
  }

  @Test
  void specialValues() {
    assertThat(Quantities.significant(Double.NaN, 3)).isEqualTo("nan");
    assertThat(Quantities.significant(Double.NEGATIVE_INFINITY, 3)).isEqualTo("-inf");
    assertThat(Quantities.count(1, "row")).isEqualTo("1 row");
    assertThat(Quantities.count(58964, "event")).isEqualTo("58,964 events");
  }

  @Test
  void columnsAreAligned() {
    TextTable table = new TextTable(Side.LEFT, Side.RIGHT, Side.LEFT);
    table.line("name", "value").rule().line("a", "10.5", "x").line("longer", "2", "");
    assertThat(table.lines())
        .containsExactly("name    value", "────────────────", "a        10.5  x", "longer      2");
  }

  /** Whatever names a file holds: they send a terminal nothing but text. */
  @Test
  void textMovesNoCursor() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Streams streams =
        new Streams(InputStream.nullInputStream(), out, new PrintStream(err), true, true);
    String name = "p\u001b[31mt\u009b2J\u202e\u0007ä\u2028z";
    streams.print("column " + name + "\nnext");
    streams.data().write(("column " + name + "\tä\n").getBytes(StandardCharsets.UTF_8));
    streams.say(name);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("column p?[31mt?2J??ä?z\nnext\ncolumn p?[31mt\u00a02J\u202e?ä\u2028z\tä\n");
    assertThat(err.toString(StandardCharsets.UTF_8).strip()).isEqualTo("jetfold: p?[31mt?2J??ä?z");
  }
}
