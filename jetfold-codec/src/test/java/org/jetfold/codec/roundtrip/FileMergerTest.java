package org.jetfold.codec.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.FileMerger;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.precision.Loss;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.quantize.BoundCheck;
import org.jetfold.codec.quantize.ErrorExtremes;
import org.jetfold.codec.random.RandomTables;
import org.jetfold.codec.reference.DecodedBlock;
import org.jetfold.codec.reference.ReferenceDecoder;
import org.jetfold.codec.selection.Selection;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Files that are made of files hold the same bits, and say what was lost in all. */
class FileMergerTest {
  private static final Schema JETS =
      Schema.events(
          List.of(new Column("number", ValueType.INT64)),
          "jets",
          List.of(new Column("pt", ValueType.FLOAT32), new Column("eta", ValueType.FLOAT32)));

  /** Files of one schema and plan, each with a seed of its own. */
  private static List<byte[]> parts(RandomTables.Sample sample, RandomCase any) throws IOException {
    int rows = sample.table().rootEntries();
    List<byte[]> parts = new ArrayList<>();
    int from = 0;
    for (int left = any.between(1, 4); left > 0; left--) {
      int to = left == 1 ? rows : any.between(from, rows);
      Compression plan = Compression.of(sample.schema(), sample.precisions()).withSeed(any.bits());
      parts.add(JetfBytes.of(new PiecedSource(sample.table().slice(from, to)), plan, 1));
      from = to;
    }
    return parts;
  }

  private static byte[] copied(List<byte[]> parts, Selection selection) throws IOException {
    return made(parts, selection, (merger, out) -> merger.copy(out, _ -> {}));
  }

  private interface Making {
    void make(FileMerger merger, ByteArrayOutputStream out) throws IOException;
  }

  private static byte[] made(List<byte[]> parts, Selection selection, Making making)
      throws IOException {
    List<Decompressor> files = new ArrayList<>();
    for (byte[] part : parts) {
      files.add(new Decompressor(ByteSource.of(part), 2));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    making.make(new FileMerger(files, selection), out);
    for (Decompressor file : files) {
      file.close();
    }
    return out.toByteArray();
  }

  private static Table restored(byte[] file) throws IOException {
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 1)) {
      return decompressor.readAll();
    }
  }

  private static Table restored(List<byte[]> parts) throws IOException {
    List<Table> tables = new ArrayList<>();
    for (byte[] part : parts) {
      tables.add(restored(part));
    }
    return Table.joined(tables);
  }

  private static void requireSame(Table found, Table wanted) {
    DecodedBlock bits = TableBits.of(found);
    DecodedBlock expected = TableBits.of(wanted);
    assertThat(bits.entries()).isEqualTo(expected.entries());
    assertThat(bits.counts()).isDeepEqualTo(expected.counts());
    assertThat(bits.values()).isDeepEqualTo(expected.values());
  }

  private static void requireSameByDocument(byte[] file, Table wanted) {
    List<DecodedBlock> blocks = ReferenceDecoder.decode(file).blocks();
    DecodedBlock expected = TableBits.of(wanted);
    for (int column = 0; column < expected.values().length; column++) {
      int number = column;
      assertThat(
              blocks.stream()
                  .flatMapToLong(block -> Arrays.stream(block.values()[number]))
                  .toArray())
          .isEqualTo(expected.values()[column]);
    }
  }

  @Test
  void aMergedFileHoldsThePartsBitForBit() {
    RandomCase.each(
        30,
        any -> {
          RandomTables.Sample sample = RandomTables.of(any.bits(), 400);
          List<byte[]> parts = parts(sample, any);
          byte[] merged = copied(parts, Selection.ALL);
          JetfBytes.verify(merged);
          Table expected = restored(parts);
          requireSame(restored(merged), expected);
          requireSameByDocument(merged, expected);
        });
  }

  @Test
  void chosenEventsComeBackBitForBit() {
    RandomCase.each(
        30,
        any -> {
          RandomTables.Sample sample = RandomTables.of(any.bits(), 400);
          List<byte[]> parts = parts(sample, any);
          Table whole = restored(parts);
          int from = any.between(0, whole.rootEntries());
          int to = any.between(from, whole.rootEntries() + 5);
          byte[] cut = copied(parts, Selection.events(from, to));
          JetfBytes.verify(cut);
          int[] chosen = IntStream.range(from, Math.min(to, whole.rootEntries())).toArray();
          requireSame(restored(cut), whole.select(chosen));
          requireSameByDocument(cut, whole.select(chosen));
          // Once more, of what was cut already.
          byte[] again =
              copied(List.of(cut, cut), Selection.events(1, Math.max(1, 2L * chosen.length)));
          requireSame(
              restored(again),
              Table.joined(List.of(restored(cut), restored(cut)))
                  .select(IntStream.range(1, Math.max(1, 2 * chosen.length)).toArray()));
        });
  }

  private static Table jets(SplittableRandom random, int events) {
    int[] offsets = new int[events + 1];
    for (int i = 0; i < events; i++) {
      offsets[i + 1] = offsets[i] + random.nextInt(4);
    }
    long[] numbers = new long[events];
    Arrays.setAll(numbers, i -> i);
    float[] pt = new float[offsets[events]];
    float[] eta = new float[offsets[events]];
    for (int i = 0; i < pt.length; i++) {
      boolean none = random.nextInt(9) == 0;
      pt[i] = none ? -999 : (float) Math.exp(3 + random.nextGaussian());
      eta[i] = none ? Float.NaN : (float) random.nextGaussian();
    }
    return new Table(
        JETS,
        events,
        List.of(offsets),
        List.of(
            new ColumnValues.Integers(numbers),
            new ColumnValues.Floats(pt),
            new ColumnValues.Floats(eta)));
  }

  private static byte[] file(Table table, String pt, String eta, long seed) throws IOException {
    List<Precision> precisions =
        List.of(Precision.exact(), Precision.parse(pt), Precision.parse(eta));
    return JetfBytes.of(
        TableSource.of(table), Compression.of(table.schema(), precisions).withSeed(seed), 1);
  }

  private static final String[] SETTINGS = {
    "exact", "bits:7", "rel:0.01", "abs:0.1", "rel:0.01:dither", "abs:0.1:dither"
  };

  /** A bound from another column was applied once, and is not applied again. */
  @Test
  void eventsWithBoundsFromAnotherColumnComeBackBitForBit() throws IOException {
    Table table = jets(new SplittableRandom(4), 500);
    List<byte[]> parts = List.of(file(table, "abs:0.3*eta", "rel:0.1:dither", 7));
    byte[] cut = copied(parts, Selection.events(3, 222));
    JetfBytes.verify(cut);
    Table expected = restored(parts).select(IntStream.range(3, 222).toArray());
    requireSame(restored(cut), expected);
    requireSameByDocument(cut, expected);
  }

  @Tag("slow")
  @Test
  void filteredEventsComeBackBitForBit() {
    RandomCase.each(
        30,
        any -> {
          Table table = jets(new SplittableRandom(any.bits()), any.between(1, 3000));
          byte[] file = file(table, any.oneOf(SETTINGS), any.oneOf(SETTINGS), any.bits());
          double limit = any.between(-1.0, 100.0);
          Table whole = restored(file);
          float[] pt = whole.floats("pt");
          float[] eta = whole.floats("eta");
          int[] offsets = whole.offsets(1);
          int[] chosen =
              IntStream.range(0, whole.rootEntries())
                  .filter(event ->
                      IntStream.range(offsets[event], offsets[event + 1])
                          .anyMatch(jet -> pt[jet] > limit && Math.abs(eta[jet]) < 1))
                  .toArray();
          Selection selection =
              Selection.ALL.where("jets.pt > %s and (abs(eta) < 1)".formatted(limit));
          byte[] filtered = copied(List.of(file), selection);
          JetfBytes.verify(filtered);
          requireSame(restored(filtered), whole.select(chosen));
          requireSameByDocument(filtered, whole.select(chosen));
          try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 2);
              TableSource read = decompressor.read(Projection.all(JETS), selection)) {
            requireSame(read.readAll(), whole.select(chosen));
          }
          // Errors that were made are not forgotten.
          assertThat(largestError(filtered, 1)).isLessThanOrEqualTo(largestError(file, 1));
          assertThat(largestError(filtered, 1) > 0 || chosen.length == 0)
              .isEqualTo(largestError(file, 1) > 0 || chosen.length == 0);
        });
  }

  private static double largestError(byte[] file, int column) throws IOException {
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 1)) {
      return decompressor.footer().blocks().stream()
          .map(block -> block.columns().get(column).largestError())
          .filter(error -> error != null)
          .mapToDouble(Double::doubleValue)
          .max()
          .orElse(0);
    }
  }

  @Tag("slow")
  @Test
  void whatWasLostAddsUp() {
    RandomCase.each(
        40,
        any -> {
          Table table = jets(new SplittableRandom(any.bits()), any.between(1, 2000));
          String first = any.oneOf(SETTINGS);
          String then =
              any.oneOf("rel:0.03", "abs:0.2", "rel:0.01:dither", "abs:0.3:dither", "bits:4");
          byte[] file = file(table, first, "rel:0.01:dither", any.bits());
          byte[] recoded = recoded(List.of(file), PrecisionRules.parse("pt=" + then));
          JetfBytes.verify(recoded);
          FileHeader header = header(recoded);
          Loss all = header.losses().get(1);
          Loss expected =
              first.equals(then)
                  ? Loss.of(Precision.parse(first), ValueType.FLOAT32)
                  : Loss.of(Precision.parse(first), ValueType.FLOAT32)
                      .then(Loss.of(Precision.parse(then), ValueType.FLOAT32));
          assertThat(all).isEqualTo(expected);
          Table back = restored(recoded);
          for (int column = 1; column < 3; column++) {
            Loss loss = header.losses().get(column);
            float[] before = ((ColumnValues.Floats) table.values(column)).values();
            float[] after = ((ColumnValues.Floats) back.values(column)).values();
            for (int i = 0; i < before.length; i++) {
              if (!Float.isNaN(before[i])) {
                double bound = loss.absolute() + loss.relative() * Math.abs(before[i]);
                assertThat(Math.abs((double) after[i] - before[i]))
                    .isLessThanOrEqualTo(bound * (1 + 1e-15));
              }
            }
          }
          boolean ditheredAnew =
              first.endsWith("dither") && then.endsWith("dither") && !first.equals(then);
          if (!ditheredAnew) {
            assertThat(TableBits.of(back.values(2)))
                .isEqualTo(TableBits.of(restored(file).values(2)));
            assertThat(header.columns().get(2).earlier()).isEqualTo(Loss.NONE);
          }
        });
  }

  private static byte[] recoded(List<byte[]> parts, PrecisionRules rules) throws IOException {
    return made(
        parts,
        Selection.ALL,
        (merger, out) -> {
          Projection all = Projection.all(header(parts.getFirst()).schema());
          merger.recode(merger.plan(all, rules), all, out, _ -> {});
        });
  }

  private static FileHeader header(byte[] file) throws IOException {
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 1)) {
      return decompressor.header();
    }
  }

  @Test
  void aFinerPrecisionIsRefusedByName() throws IOException {
    Table table = jets(new SplittableRandom(1), 100);
    byte[] file = file(table, "rel:0.01", "abs:0.1:dither", 0);
    for (String finer : List.of("pt=rel:0.005", "pt=exact", "pt=bits:10", "pt=rel:0.001:dither")) {
      assertThatThrownBy(() -> recoded(List.of(file), PrecisionRules.parse(finer)))
          .as(finer)
          .isInstanceOf(PrecisionException.class)
          .hasMessageContaining("jets.pt (")
          .hasMessageContaining("it holds rel:0.01")
          .hasMessageNotContaining("eta");
    }
    recoded(List.of(file), PrecisionRules.parse("pt=abs:0.001"));
    recoded(List.of(file), PrecisionRules.parse("*=rel:0.01:dither"));
  }

  @Test
  void whatKeepsFilesApartIsNamed() throws IOException {
    Table table = jets(new SplittableRandom(1), 100);
    FileHeader one = header(file(table, "rel:0.01", "exact", 0));
    assertThat(FileMerger.difference(one, header(file(table, "rel:0.02", "exact", 3))))
        .hasValue("column jets.pt has precision rel:0.02, and rel:0.01 in the first file");
    assertThat(FileMerger.difference(one, header(file(table, "rel:0.01", "exact", 3)))).isEmpty();
    Projection some = Projection.of(JETS, new TreeSet<>(List.of(0, 1)));
    byte[] fewer =
        made(
            List.of(file(table, "rel:0.01", "exact", 0)),
            Selection.ALL,
            (merger, out) -> merger.recode(merger.plan(some, null), some, out, _ -> {}));
    assertThat(FileMerger.difference(one, header(fewer)).orElseThrow())
        .contains("jets.eta")
        .contains("no more columns");
  }

  @Test
  void blocksWithoutAChosenEventAreNotRead() throws IOException {
    List<byte[]> parts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      float[] pt = new float[1000];
      Arrays.fill(pt, i);
      Schema schema = Schema.flat(List.of(new Column("pt", ValueType.FLOAT32)));
      parts.add(
          JetfBytes.of(
              new Table(schema, pt.length, List.of(), List.of(new ColumnValues.Floats(pt))),
              Collections.nCopies(1, Precision.exact())));
    }
    byte[] merged = copied(parts, Selection.ALL);
    for (Selection selection :
        List.of(
            Selection.events(3000, 4000),
            Selection.ALL.where("pt > 2.5 && pt < 3.5"),
            Selection.ALL.where("pt == 3 or pt > 100"),
            Selection.ALL.where("-pt <= -3 and 4 > pt"))) {
      List<Long> read = new ArrayList<>();
      try (Decompressor decompressor = new Decompressor(watched(merged, read), 1)) {
        Footer footer = decompressor.footer();
        read.clear();
        Table table =
            decompressor.read(Projection.all(decompressor.header().schema()), selection).readAll();
        assertThat(table.rootEntries()).isEqualTo(1000);
        assertThat(table.floats("pt")).containsOnly(3);
        List<Footer.Section> sections = footer.sections();
        // The fourth pair of distributions and block, and the footer.
        assertThat(read)
            .allMatch(position ->
                (position >= sections.get(6).offset() && position <= sections.get(8).offset())
                    || position > sections.getLast().offset());
      }
    }
  }

  private static ByteSource watched(byte[] file, List<Long> positions) {
    ByteSource source = ByteSource.of(file);
    return new ByteSource() {
      @Override
      public long size() throws IOException {
        return source.size();
      }

      @Override
      public byte[] read(long position, int length) throws IOException {
        positions.add(position);
        return source.read(position, length);
      }

      @Override
      public void close() throws IOException {
        source.close();
      }
    };
  }

  @Test
  void aBoundThatIsNotKeptAnyMoreIsNotPromised() throws IOException {
    Table table = jets(new SplittableRandom(5), 500);
    byte[] file = file(table, "rel:0.01:dither", "exact", 7);
    byte[] recoded = recoded(List.of(file), PrecisionRules.parse("pt=rel:0.02:dither"));
    // The second dither has other phases; the first alone would not keep the second's bound.
    assertThat(header(recoded).losses().get(1).relative()).isBetween(0.0302, 0.03021);
    assertThat(
            BoundCheck.of(Precision.parse("rel:0.02"), ValueType.FLOAT32)
                .firstViolation(
                    restored(file).values(1),
                    0,
                    restored(recoded).values(1),
                    0,
                    table.entries(1),
                    new ErrorExtremes()))
        .isEqualTo(-1);
  }
}
