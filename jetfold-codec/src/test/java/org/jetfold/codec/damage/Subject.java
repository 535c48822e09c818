package org.jetfold.codec.damage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.Compression;
import org.jetfold.codec.golden.CollectionFiles;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.random.GuaranteedTables;
import org.jetfold.codec.random.RandomAutoencodedFiles;
import org.jetfold.codec.random.RandomFiles;
import org.jetfold.codec.random.RandomTables;
import org.jetfold.codec.reference.DecodedBlock;
import org.jetfold.codec.roundtrip.JetfBytes;
import org.jetfold.codec.roundtrip.TableBits;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;

/**
 * A small file to be damaged.
 *
 * @param name for messages
 * @param file its bytes
 * @param twin another file with the same header, so that frames of one are almost right in the
 *     other
 * @param blocks what is in the file
 * @param firsts the first root entry of each block
 * @param frames where frames start, the trailer last
 */
record Subject(
    String name,
    byte[] file,
    byte[] twin,
    List<DecodedBlock> blocks,
    List<Long> firsts,
    List<Integer> frames) {
  private static final int LARGEST = 6000;

  /** Files of many small blocks, and some that the writer made, without and with autoencoders. */
  static List<Subject> all() throws IOException {
    List<Subject> all = new ArrayList<>();
    for (long seed = 0; all.size() < 9; seed++) {
      byte[] file = RandomFiles.of(seed, 2 * seed, true);
      Subject subject = of("forged " + seed, file, RandomFiles.of(seed, 2 * seed + 1, true));
      // Three blocks at least, so that there is something to mix up.
      if (file.length < LARGEST && subject.blocks().size() > 2) {
        all.add(subject);
      }
    }
    for (long seed = 0; all.size() < 12; seed++) {
      RandomTables.Sample sample = RandomTables.of(seed, 100);
      Table other = sample.table().slice(0, sample.table().rootEntries() / 2);
      byte[] file = JetfBytes.of(sample.table(), sample.precisions());
      // The tables of a relative bound take a while to make, each time a file is opened.
      boolean quick =
          sample.precisions().stream().noneMatch(each -> each instanceof Precision.Relative);
      if (quick && file.length > 300 && file.length < LARGEST && other.rootEntries() > 5) {
        all.add(of("written " + seed, file, JetfBytes.of(other, sample.precisions())));
      }
    }
    for (long seed = 0; all.size() < 15; seed++) {
      all.add(
          of(
              "autoencoded " + seed,
              RandomAutoencodedFiles.of(seed, 2 * seed),
              RandomAutoencodedFiles.of(seed, 2 * seed + 1)));
    }
    for (long seed = 0; all.size() < 18; seed++) {
      RandomTables.Sample sample = GuaranteedTables.jets(new Random(seed), seed == 0, 40);
      Table other = sample.table().slice(0, 30);
      all.add(
          of("guaranteed " + seed, guaranteed(sample, sample.table()), guaranteed(sample, other)));
    }
    for (String precision : List.of("bits:7", "abs:0.01:dither")) {
      RandomTables.Sample sample = CollectionFiles.sample(precision, 30);
      Compression plan = CollectionFiles.plan(sample, false);
      all.add(
          of(
              "collections " + precision,
              JetfBytes.of(TableSource.of(sample.table()), plan, 1),
              JetfBytes.of(TableSource.of(sample.table().slice(0, 20)), plan, 1)));
    }
    return all;
  }

  /** A file some of whose events are refined. */
  private static byte[] guaranteed(RandomTables.Sample sample, Table table) throws IOException {
    List<Precision> precisions =
        Collections.nCopies(sample.precisions().size(), Precision.parse("abs:0.01:dither"));
    return JetfBytes.of(
        TableSource.of(table),
        Compression.of(sample.schema(), precisions)
            .withGuarantees("E=abs:0.01,px=abs:0.01", null, List.of()),
        1);
  }

  private static Subject of(String name, byte[] file, byte[] twin) throws IOException {
    List<DecodedBlock> blocks = new ArrayList<>();
    List<Long> firsts = new ArrayList<>();
    long first = 0;
    for (Table block : JetfBytes.blocks(file)) {
      blocks.add(TableBits.of(block));
      firsts.add(first);
      first += block.rootEntries();
    }
    return new Subject(name, file, twin, blocks, firsts, frames(file));
  }

  /** Where frames start: the first ten bytes lie before, the trailer behind. */
  static List<Integer> frames(byte[] file) {
    List<Integer> frames = new ArrayList<>();
    int at = 10;
    while (at < file.length - 16) {
      frames.add(at);
      at += 21 + littleEndian(file, at + 9) + littleEndian(file, at + 13);
    }
    frames.add(at);
    return frames;
  }

  private static int littleEndian(byte[] file, int at) {
    int value = 0;
    for (int i = 3; i >= 0; i--) {
      value = (value << 8) | (file[at + i] & 0xFF);
    }
    return value;
  }

  long rootEntries() {
    return blocks.isEmpty() ? 0 : firsts.getLast() + blocks.getLast().entries()[0];
  }
}
