package org.jetfold.root.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jetfold.root.ColumnValues;
import org.jetfold.root.JaggedColumn;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootFile;
import org.jetfold.root.RootTree;
import org.jetfold.root.ValueType;
import org.jetfold.root.support.Comparison;
import org.jetfold.root.support.Jsroot;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NtupleWriterTest {
  private static final int[] CLUSTERS = {70_000, 1, 0, 500};

  @TempDir Path folder;

  private static List<NtupleField> fields(int maxDepth) {
    List<NtupleField> fields = new ArrayList<>();
    for (ValueType type : ValueType.values()) {
      for (int depth = 0; depth <= maxDepth; depth++) {
        fields.add(new NtupleField(type + "_" + depth, type, depth));
      }
    }
    return fields;
  }

  private static JaggedColumn random(NtupleField field, int entries, Random random) {
    List<int[]> offsets = new ArrayList<>();
    int lists = entries;
    for (int depth = 0; depth < field.depth(); depth++) {
      int[] ends = new int[lists + 1];
      for (int i = 0; i < lists; i++) {
        ends[i + 1] = ends[i] + Math.max(0, random.nextInt(6) - 2);
      }
      offsets.add(ends);
      lists = ends[lists];
    }
    float[] floats = new float[lists];
    double[] doubles = new double[lists];
    long[] integers = new long[lists];
    for (int i = 0; i < lists; i++) {
      long bits = random.nextLong();
      floats[i] = i % 1000 == 7 ? Float.NaN : (float) random.nextGaussian() * 1e5f;
      doubles[i] = random.nextGaussian();
      integers[i] =
          switch (field.type()) {
            case BOOL -> bits & 1;
            case INT8 -> (byte) bits;
            case UINT8 -> bits & 0xFF;
            case INT16 -> (short) bits;
            case UINT16 -> bits & 0xFFFF;
            case INT32 -> (int) bits;
            case UINT32 -> bits & 0xFFFFFFFFL;
            default -> bits;
          };
    }
    ColumnValues values =
        switch (field.type()) {
          case FLOAT32 -> new ColumnValues.Floats(floats);
          case FLOAT64 -> new ColumnValues.Doubles(doubles);
          default -> new ColumnValues.Integers(integers);
        };
    return new JaggedColumn(0, entries, values, offsets);
  }

  private List<List<JaggedColumn>> write(Path file, List<NtupleField> fields, int... clusters)
      throws IOException {
    Random random = new Random(3);
    List<List<JaggedColumn>> written = new ArrayList<>();
    try (NtupleWriter writer = new NtupleWriter(file, "events.root", "events", fields)) {
      for (int entries : clusters) {
        List<JaggedColumn> columns =
            fields.stream().map(field -> random(field, entries, random)).toList();
        writer.write(columns);
        written.add(columns);
      }
      writer.finish();
    }
    return written;
  }

  @Test
  void ourReaderReadsItBack() throws IOException {
    Path file = folder.resolve("written.root");
    List<NtupleField> fields = fields(2);
    List<List<JaggedColumn>> written = write(file, fields, CLUSTERS);
    try (RootFile opened = RootFile.open(file)) {
      RootTree tree = opened.tree("events").orElseThrow();
      assertThat(tree.boundaries()).containsExactly(0, 70_000, 70_001, 70_501);
      for (int i = 0; i < fields.size(); i++) {
        RootColumn column = tree.column(fields.get(i).name()).orElseThrow();
        assertThat(column.type()).isEqualTo(fields.get(i).type());
        long first = 0;
        for (List<JaggedColumn> cluster : written) {
          JaggedColumn expected = cluster.get(i);
          JaggedColumn read = tree.read(column, first, first + expected.entries());
          assertThat(bits(read.values())).as(column.name()).isEqualTo(bits(expected.values()));
          assertThat(Arrays.deepEquals(read.offsets().toArray(), expected.offsets().toArray()))
              .isTrue();
          first += expected.entries();
        }
      }
    }
  }

  /** Floats on a grid are kept as they are, whatever its bits; others are refused. */
  @Tag("slow")
  @Test
  void floatsOnAGridAreQuantized() throws Exception {
    List<NtupleField> fields = new ArrayList<>();
    List<JaggedColumn> written = new ArrayList<>();
    Random random = new Random(5);
    int[] offsets = IntStream.rangeClosed(0, 70_000).toArray();
    for (int bits = 1; bits <= 16; bits++) {
      FloatGrid grid = new FloatGrid(Math.scalb(511.0 - bits, bits - 20), -(1 << (bits - 1)), bits);
      float[] floats = new float[70_000];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) ((grid.first() + random.nextInt(1 << grid.bits())) * grid.step());
      }
      fields.add(new NtupleField("q" + bits, ValueType.FLOAT32, 1, grid));
      written.add(new JaggedColumn(0, 70_000, new ColumnValues.Floats(floats), List.of(offsets)));
    }
    Path file = folder.resolve("quantized.root");
    try (NtupleWriter writer = new NtupleWriter(file, "quantized.root", "events", fields)) {
      writer.write(written);
      writer.finish();
    }
    try (RootFile opened = RootFile.open(file)) {
      RootTree tree = opened.tree("events").orElseThrow();
      for (int i = 0; i < fields.size(); i++) {
        RootColumn column = tree.column(fields.get(i).name()).orElseThrow();
        assertThat(bits(tree.read(column, 0, 70_000).values()))
            .as(column.name())
            .isEqualTo(bits(written.get(i).values()));
      }
    }
    assertThat(NtupleWriter.packedBytes(fields.getFirst(), written.getFirst().values()))
        .isLessThan(70_000 / 8 + 100);
    ColumnValues beside = new ColumnValues.Floats(new float[] {0.123f});
    assertThatThrownBy(() -> NtupleWriter.packedBytes(fields.getFirst(), beside))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not on the grid");
    List<Jsroot.Branch> branches = Jsroot.read(file, "events");
    assertThat(branches).hasSameSizeAs(fields);
    for (int i = 0; i < fields.size(); i++) {
      float[] expected = ((ColumnValues.Floats) written.get(i).values()).values();
      double[] found = branches.get(i).values().values().iterator().next().numbers();
      assertThat(found).hasSameSizeAs(expected);
      for (int k = 0; k < expected.length; k++) {
        assertThat((float) found[k]).isEqualTo(expected[k]);
      }
    }
  }

  private static long[] bits(ColumnValues values) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) ->
          IntStream.range(0, floats.length)
              .mapToLong(i -> Float.floatToRawIntBits(floats[i]))
              .toArray();
      case ColumnValues.Doubles(double[] doubles) ->
          Arrays.stream(doubles).mapToLong(Double::doubleToRawLongBits).toArray();
      case ColumnValues.Integers(long[] integers) -> integers;
    };
  }

  @Tag("slow")
  @Test
  void jsrootReadsItBack() throws Exception {
    compareWithJsroot(fields(3), 700);
  }

  @Test
  void jsrootReadsSeveralClustersBack() throws Exception {
    // Of lists within lists JSROOT forgets at the end of a cluster to count from 0 again.
    compareWithJsroot(fields(1), 500, 1, 300);
  }

  private void compareWithJsroot(List<NtupleField> written, int... clusters) throws Exception {
    Path file = folder.resolve("written.root");
    write(file, written, clusters);
    List<Jsroot.Branch> fields = Jsroot.read(file, "events");
    try (RootFile opened = RootFile.open(file)) {
      RootTree tree = opened.tree("events").orElseThrow();
      assertThat(fields).hasSize(tree.columns().size());
      for (Jsroot.Branch field : fields) {
        assertThat(field.error()).as(field.name()).isNull();
        RootColumn column = tree.column(field.name()).orElseThrow();
        JaggedColumn read = tree.read(column, 0, tree.entries());
        assertThat(Comparison.difference(read, column, field, "")).as(field.name()).isNull();
      }
    }
  }

  @Test
  void theSameValuesGiveTheSameBytes() throws IOException {
    Path one = Files.createDirectory(folder.resolve("one")).resolve("a.root");
    Path two = Files.createDirectory(folder.resolve("two")).resolve("a.root");
    write(one, fields(1), 100, 200);
    write(two, fields(1), 100, 200);
    assertThat(one).hasSameBinaryContentAs(two);
  }

  @Test
  void noEntriesAtAll() throws IOException {
    Path file = folder.resolve("empty.root");
    write(file, fields(1));
    try (RootFile opened = RootFile.open(file)) {
      assertThat(opened.tree("events").orElseThrow().entries()).isZero();
    }
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() throws IOException {
    assertThatThrownBy(() -> new NtupleField("a.b", ValueType.INT8, 0))
        .isInstanceOf(IllegalArgumentException.class);
    NtupleField field = new NtupleField("x", ValueType.FLOAT32, 1);
    try (NtupleWriter writer =
        new NtupleWriter(folder.resolve("bad.root"), "bad.root", "events", List.of(field))) {
      ColumnValues values = new ColumnValues.Floats(new float[3]);
      for (int[] offsets :
          List.of(new int[] {0, 2}, new int[] {1, 3}, new int[] {0, 2, 3}, new int[] {0, 4, 3})) {
        JaggedColumn column = new JaggedColumn(0, 1, values, List.of(offsets));
        assertThatThrownBy(() -> writer.write(List.of(column)))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }
}
