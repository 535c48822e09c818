package org.jetfold.codec.damage;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetfold.codec.BlockSplit;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.RecoveringSource;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.file.UnsupportedFormatException;
import org.jetfold.codec.model.ModelSource;
import org.jetfold.codec.reference.DecodedBlock;
import org.jetfold.codec.roundtrip.TableBits;
import org.jetfold.codec.selection.Selection;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;

/**
 * Reads damaged files in every way, and counts what becomes of them. Anything wrong is an error.
 */
final class DamageCheck {
  private static final Pattern LOST = Pattern.compile("entries (\\d+) to (\\d+) are lost");

  private long damaged;
  private long unsupported;
  private long unharmed;
  private long recoveredAll;
  private long recoveredSome;
  private long recoveredNone;

  /** Reads a file that was a subject's once. */
  void check(Subject subject, byte[] file) {
    try {
      for (Way way : WAYS) {
        read(subject, file, way);
      }
      recover(subject, file);
    } catch (IOException | RuntimeException e) {
      throw new AssertionError("reading a damaged " + subject.name(), e);
    }
  }

  /** A way to read all blocks of a file. */
  private interface Way {
    void read(Decompressor file, byte[] bytes, TableSource.PieceVisitor visitor) throws IOException;
  }

  private static final List<Way> WAYS =
      List.of(
          (file, bytes, visitor) -> {
            try (TableSource source = file.read()) {
              source.forEachPiece(visitor);
            }
          },
          (file, bytes, visitor) -> {
            try (TableSource source = file.read(all(file), Selection.events(0, 1L << 62))) {
              source.forEachPiece(visitor);
            }
          },
          (file, bytes, visitor) -> {
            for (Footer.Section.Block block : file.blocks()) {
              visitor.accept(file.readBlock(block.number(), all(file)));
            }
          },
          (file, bytes, visitor) -> {
            for (BlockSplit split : file.splits(file.blocks(), 1)) {
              try (TableSource source =
                  split.read(ByteSource.of(bytes), all(file), Selection.ALL, ModelSource.NONE)) {
                source.forEachPiece(visitor);
              }
            }
          });

  private static Projection all(Decompressor file) {
    return Projection.all(file.header().schema());
  }

  private void read(Subject subject, byte[] file, Way way) throws IOException {
    AtomicInteger next = new AtomicInteger();
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 1)) {
      way.read(
          decompressor,
          file,
          block -> {
            int number = next.getAndIncrement();
            if (number == subject.blocks().size()) {
              throw new AssertionError("a block too many");
            }
            requireSame(subject.blocks().get(number), block);
          });
      if (next.get() != subject.blocks().size()) {
        throw new AssertionError("only " + next + " blocks, and no exception");
      }
      unharmed++;
    } catch (DamagedFileException e) {
      requireInside(e, file);
      damaged++;
    } catch (UnsupportedFormatException e) {
      unsupported++;
    }
  }

  private void recover(Subject subject, byte[] file) throws IOException {
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 1);
        RecoveringSource source =
            decompressor.recover(Projection.all(decompressor.header().schema()))) {
      long recovered = 0;
      for (Table block = source.next(1); block != null; block = source.next(1)) {
        // Where the block belongs follows from what came before it and what is said to be lost.
        int place = subject.firsts().indexOf(recovered + lost(source));
        if (place < 0) {
          throw new AssertionError("a block that starts where none does: " + source.losses());
        }
        requireSame(subject.blocks().get(place), block);
        recovered += block.rootEntries();
      }
      long all = recovered + lost(source);
      boolean open = source.losses().stream().anyMatch(loss -> loss.contains("is not known"));
      if (recovered != source.recovered()
          || (open ? all > subject.rootEntries() : all != subject.rootEntries())) {
        throw new AssertionError("recovered " + recovered + ", and " + source.losses());
      }
      if (recovered == subject.rootEntries()) {
        recoveredAll++;
      } else if (recovered > 0) {
        recoveredSome++;
      } else {
        recoveredNone++;
      }
    } catch (DamagedFileException e) {
      // The header is gone.
      requireInside(e, file);
      recoveredNone++;
    } catch (UnsupportedFormatException e) {
      recoveredNone++;
    }
  }

  private static long lost(RecoveringSource source) {
    long lost = 0;
    for (String loss : source.losses()) {
      Matcher matcher = LOST.matcher(loss);
      if (matcher.matches()) {
        lost += Long.parseLong(matcher.group(2)) - Long.parseLong(matcher.group(1)) + 1;
      }
    }
    return lost;
  }

  private static void requireInside(DamagedFileException e, byte[] file) {
    if (e.offset() < 0 || e.offset() > file.length) {
      throw new AssertionError("an offset outside the file", e);
    }
  }

  private static void requireSame(DecodedBlock expected, Table block) {
    DecodedBlock actual = TableBits.of(block);
    if (!Arrays.equals(expected.entries(), actual.entries())
        || !Arrays.deepEquals(expected.counts(), actual.counts())
        || !Arrays.deepEquals(expected.values(), actual.values())) {
      throw new AssertionError("a block with wrong values");
    }
  }

  /** How many files came to which end, in the order of {@link #COLUMNS}. */
  String counts() {
    return "%d,%d,%d,%d,%d,%d"
        .formatted(damaged, unsupported, unharmed, recoveredAll, recoveredSome, recoveredNone);
  }

  static final String COLUMNS =
      "refused_as_damaged,refused_as_unsupported,unharmed,recovered_all,recovered_some,recovered_none";
}
