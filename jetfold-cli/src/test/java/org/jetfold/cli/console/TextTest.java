package org.jetfold.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jetfold.cli.console.TextTable.Side;
import org.junit.jupiter.api.Test;

/** Tables and lines as people read them. */
final class TextTest {
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
