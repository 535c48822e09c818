package org.jetfold.codec.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jetfold.codec.container.EventOrdinals;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.BoundCheck;
import org.jetfold.codec.quantize.ErrorExtremes;
import org.jetfold.codec.reference.DecodedBlock;
import org.jetfold.codec.reference.ReferenceDecoder;
import org.jetfold.codec.roundtrip.JetfBytes;
import org.jetfold.codec.roundtrip.TableBits;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Test;

/** Events that were chosen from a table keep their phases, and so come back as they would there. */
class EventOrdinalsTest {
  private static final Precision PRECISION = Precision.parse("rel:0.01:dither");
  private static final Schema SCHEMA = Schema.flat(List.of(new Column("pt", ValueType.FLOAT32)));

  private static List<Table> restored(float[] values, long seed, long[] ordinals, int[] starts)
      throws IOException {
    Table table =
        new Table(SCHEMA, values.length, List.of(), List.of(new ColumnValues.Floats(values)));
    FileCoding coding =
        FileCoding.of(ModelKinds.KNOWN, "test 1", SCHEMA, List.of(PRECISION), List.of());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workers workers = new Workers(1)) {
      TableEncoder encoder = new TableEncoder(coding, workers, true, out);
      encoder.write(new Segment(table, starts), seed, EventOrdinals.of(ordinals));
      encoder.finish();
    }
    List<Table> blocks = JetfBytes.blocks(out.toByteArray());
    List<DecodedBlock> byDocument = ReferenceDecoder.decode(out.toByteArray()).blocks();
    for (int block = 0; block < blocks.size(); block++) {
      assertThat(TableBits.of(blocks.get(block).values(0)))
          .isEqualTo(byDocument.get(block).values()[0]);
    }
    return blocks;
  }

  private static float[] together(List<Table> blocks) {
    int rows = blocks.stream().mapToInt(Table::rootEntries).sum();
    float[] all = new float[rows];
    int at = 0;
    for (Table block : blocks) {
      block.values(0).copyTo(new ColumnValues.Floats(all), at);
      at += block.rootEntries();
    }
    return all;
  }

  @Test
  void chosenEventsComeBackAsInTheirTable() {
    RandomCase.each(
        40,
        any -> {
          Random random = new Random(any.bits());
          int events = any.between(3, 400);
          long seed = any.bits();
          long first = any.bits();
          float[] values = new float[events];
          for (int i = 0; i < events; i++) {
            values[i] = (float) Math.exp(3 * random.nextGaussian());
          }
          // The range is the same, too.
          values[0] = 1e-30f;
          values[1] = 1e30f;
          long[] ordinals = new long[events];
          Arrays.setAll(ordinals, i -> first + i);
          float[] whole = together(restored(values, seed, ordinals, new int[] {0, events}));
          int[] chosen =
              IntStream.range(0, events).filter(i -> i < 2 || random.nextInt(3) > 0).toArray();
          float[] some = new float[chosen.length];
          long[] theirs = new long[chosen.length];
          for (int i = 0; i < chosen.length; i++) {
            some[i] = values[chosen[i]];
            theirs[i] = ordinals[chosen[i]];
          }
          int middle = any.between(1, chosen.length - 1);
          int[] starts = {0, middle, chosen.length};
          float[] back = together(restored(some, seed, theirs, starts));
          for (int i = 0; i < chosen.length; i++) {
            assertThat(back[i]).isEqualTo(whole[chosen[i]]);
          }
          assertThat(
                  BoundCheck.of(PRECISION, ValueType.FLOAT32)
                      .firstViolation(
                          new ColumnValues.Floats(some),
                          0,
                          new ColumnValues.Floats(back),
                          0,
                          some.length,
                          new ErrorExtremes()))
              .isEqualTo(-1);
        });
  }

  @Test
  void slicesHaveTheSameOrdinals() {
    RandomCase.each(
        200,
        any -> {
          Random random = new Random(any.bits());
          long[] all = new long[any.between(1, 30)];
          all[0] = any.bits();
          for (int i = 1; i < all.length; i++) {
            all[i] = all[i - 1] + 1 + (random.nextInt(3) == 0 ? random.nextLong() : 0);
          }
          EventOrdinals ordinals = EventOrdinals.of(all);
          int from = any.between(0, all.length - 1);
          int to = any.between(from + 1, all.length);
          EventOrdinals slice = ordinals.slice(from, to);
          for (int i = 0; i < all.length; i++) {
            assertThat(ordinals.at(i)).isEqualTo(all[i]);
          }
          for (int i = from; i < to; i++) {
            assertThat(slice.at(i - from)).isEqualTo(all[i]);
          }
        });
  }
}
