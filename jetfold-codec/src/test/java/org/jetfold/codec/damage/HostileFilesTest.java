package org.jetfold.codec.damage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.RecoveringSource;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.forge.ForgedBytes;
import org.jetfold.codec.forge.ForgedFile;
import org.jetfold.codec.forge.ForgedHeader;
import org.jetfold.codec.forge.ForgedTable;
import org.jetfold.codec.forge.ForgedTree;
import org.jetfold.codec.reference.HeaderFields;
import org.jetfold.codec.roundtrip.JetfBytes;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files that would like to take all memory or all time. */
class HostileFilesTest {
  private static final Duration SHORT = Duration.ofSeconds(60);

  /** One column of bytes. */
  private static HeaderFields header() {
    return new HeaderFields(
        "hostile",
        List.of(),
        List.of(new HeaderFields.Group("", -1)),
        List.of(new HeaderFields.Column(0, "x", 6, 0, "", 0, 0, 0)));
  }

  private static ForgedFile file() {
    ForgedFile file = new ForgedFile(1, 0);
    return file.frame('H', ForgedHeader.write(header(), 0), new byte[0]);
  }

  /** A block of 2^24 equal values takes no bytes; only one of them is held at a time. */
  @Tag("slow")
  @Test
  void largestBlocksAreHeldOneByOne() throws IOException {
    int blocks = 16;
    ForgedFile file = file();
    ForgedTable table = new ForgedTable(header(), file);
    table.distributions(List.of(ForgedTree.ofOneLeaf(1, 0, 7)));
    for (int i = 0; i < blocks; i++) {
      ForgedTable.Statistics sevens = new ForgedTable.Statistics(1, 0, 7, 7, 0);
      table.block(new long[] {1 << 24}, List.of(new byte[0]), List.of(sevens));
    }
    byte[] bytes = table.finish();
    assertThat(bytes.length).isLessThan(1000);
    long entries = 0;
    try (Decompressor decompressor = new Decompressor(ByteSource.of(bytes), 1);
        TableSource source = decompressor.read()) {
      for (Table block = source.next(1); block != null; block = source.next(1)) {
        entries += block.rootEntries();
      }
    }
    // 4 GB of values, which this JVM does not have.
    assertThat(entries).isEqualTo((long) blocks << 24);
  }

  /** Markers that promise long heads are looked at in time proportional to the file. */
  @Test
  void markersWithoutFramesAreSoonPassed() throws IOException {
    ForgedFile file = file();
    ForgedBytes markers = new ForgedBytes();
    int size = 1 << 21;
    while (markers.size() < size) {
      // Marker, kind, number, and a head of almost all that follows.
      markers.u8(0xF7).u8(0x6A).u8(0x66).u8(0x0A).u8('B').u32(1);
      markers.u32(size - markers.size()).u32(0).u32(0);
    }
    recoverNothing(file.raw(markers.bytes()).bytes());
  }

  /** Frames with right checksums, each the head of the one around it, are looked at once. */
  @Test
  void nestedFramesAreSoonPassed() throws IOException {
    byte[] inner = new byte[0];
    for (int i = 0; i < 3000; i++) {
      byte[] outer = file().frame('x', inner, new byte[0]).bytes();
      int from = file().bytes().length;
      inner = java.util.Arrays.copyOfRange(outer, from, outer.length);
    }
    recoverNothing(file().raw(inner).bytes());
  }

  private static void recoverNothing(byte[] bytes) throws IOException {
    long start = System.nanoTime();
    try (Decompressor decompressor = new Decompressor(ByteSource.of(bytes), 1);
        RecoveringSource source =
            decompressor.recover(Projection.all(decompressor.header().schema()))) {
      assertThat(source.next(1)).isNull();
      assertThat(source.losses()).isNotEmpty();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT);
  }

  @Test
  void aBlockBehindAllNumbersIsNoTrouble() throws IOException {
    ForgedFile file = file();
    ForgedTable table = new ForgedTable(header(), file);
    table.distributions(List.of(ForgedTree.ofOneLeaf(1, 0, 7)));
    ForgedTable.Statistics sevens = new ForgedTable.Statistics(1, 0, 7, 7, 0);
    table.block(1, Long.MAX_VALUE, new long[] {3}, List.of(new byte[0]), List.of(sevens));
    byte[] bytes = table.finish();
    assertThatThrownBy(() -> JetfBytes.verify(bytes)).isInstanceOf(DamagedFileException.class);
    try (Decompressor decompressor = new Decompressor(ByteSource.of(bytes), 1);
        RecoveringSource source =
            decompressor.recover(Projection.all(decompressor.header().schema()))) {
      while (source.next(1) != null) {
        // What stands there may be read or not; but nothing may go wrong.
      }
    }
  }

  /** Sums of a place and a length must not wrap around. */
  @Test
  void bytesBeyondTheEndAreRefused(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("ten");
    Files.write(path, new byte[10]);
    try (ByteSource memory = ByteSource.of(new byte[10]);
        ByteSource file = ByteSource.of(path)) {
      for (ByteSource source : List.of(memory, file)) {
        assertThat(source.size()).isEqualTo(10);
        assertThat(source.read(3, 7)).hasSize(7);
        assertThat(source.read(10, 0)).isEmpty();
        for (long position : new long[] {4, 11, Long.MAX_VALUE, Long.MAX_VALUE - 3, -1}) {
          assertThatThrownBy(() -> source.read(position, 7)).isInstanceOf(EOFException.class);
        }
        assertThatThrownBy(() -> source.read(0, -1)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> source.read(0, Integer.MAX_VALUE))
            .isInstanceOf(EOFException.class);
      }
    }
  }
}
