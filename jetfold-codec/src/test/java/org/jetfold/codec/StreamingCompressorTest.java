package org.jetfold.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.Test;

/** Misuse is told, and does not spoil the events before and behind it. */
class StreamingCompressorTest {
  private static final Schema SCHEMA =
      Schema.events(
          List.of(new Column("run", ValueType.INT32)),
          "jets",
          List.of(new Column("pt", ValueType.FLOAT32), new Column("m", ValueType.FLOAT64)));

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private StreamingCompressor compressor() throws IOException {
    List<Precision> exact = Collections.nCopies(3, new Precision.Exact());
    return new StreamingCompressor(Compression.of(SCHEMA, exact), out, 1);
  }

  private static void addEvent(StreamingCompressor compressor, int run, float... momenta)
      throws IOException {
    compressor.add(0, run);
    compressor.addList(1, momenta.length);
    for (float pt : momenta) {
      compressor.add(1, pt);
      compressor.add(2, pt / 10.0);
    }
    compressor.endEvent();
  }

  @Test
  void aWrongEventIsForgotten() throws IOException {
    try (StreamingCompressor compressor = compressor()) {
      addEvent(compressor, 1, 50, 40);

      compressor.add(0, 2L);
      compressor.addList(1, 2);
      compressor.add(1, 30f);
      compressor.add(2, 3.0);
      assertThatThrownBy(compressor::endEvent)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the event has 1 values of pt where there must be 2");

      compressor.add(0, 2L);
      assertThatThrownBy(compressor::endEvent)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the event has 0 lists of jets where there must be 1");

      addEvent(compressor, 3);
      addEvent(compressor, 4, 20);
      compressor.finish();
    }
    try (Decompressor decompressor = new Decompressor(ByteSource.of(out.toByteArray()), 1);
        TableSource source = decompressor.read()) {
      Table table = source.next(10);
      assertThat(table).isNotNull();
      assertThat(table.offsets(1)).containsExactly(0, 2, 2, 3);
      assertThat(((ColumnValues.Integers) table.values(0)).values()).containsExactly(1, 3, 4);
      assertThat(((ColumnValues.Floats) table.values(1)).values()).containsExactly(50, 40, 20);
      assertThat(((ColumnValues.Doubles) table.values(2)).values()).containsExactly(5, 4, 2);
    }
  }

  @Test
  void aValueOfAnotherTypeIsRefused() throws IOException {
    try (StreamingCompressor compressor = compressor()) {
      assertThatThrownBy(() -> compressor.add(1, 3.0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("column pt holds float32, not a double");
      assertThatThrownBy(() -> compressor.add(2, 3f)).hasMessageContaining("not a float");
      assertThatThrownBy(() -> compressor.add(1, 3L)).hasMessageContaining("not an integer");
    }
  }

  @Test
  void anEventMustBeEnded() throws IOException {
    try (StreamingCompressor compressor = compressor()) {
      addEvent(compressor, 1, 50);
      compressor.add(0, 2L);
      assertThatThrownBy(compressor::finish)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("endEvent");
    }
  }
}
