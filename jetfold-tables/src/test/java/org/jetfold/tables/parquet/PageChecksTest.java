package org.jetfold.tables.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.parquet.ColumnChunks.Chunk;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every flipped bit in a page that has a checksum is found, and no header does harm. */
class PageChecksTest {
  @TempDir Path folder;

  private static byte[] file(String name) throws IOException {
    try (InputStream in = PageChecksTest.class.getResourceAsStream("/foreign/" + name)) {
      return in.readAllBytes();
    }
  }

  /** Where the file's pages begin: they lie one behind the other, up to the footer. */
  private static List<Integer> pages(byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int end = bytes.length - 8 - file.getInt(bytes.length - 8);
    List<Integer> pages = new ArrayList<>();
    for (int at = 4; at < end; ) {
      pages.add(at);
      PageHeader page = PageHeader.read(file.slice(at, end - at));
      assertThat(page.checked()).isTrue();
      at += page.length() + page.stored();
    }
    return pages;
  }

  /** Checks a page as if it were a column. */
  private void check(byte[] bytes, int at) throws IOException {
    PageHeader page = PageHeader.read(ByteBuffer.wrap(bytes).slice(at, bytes.length - at));
    Path file = Files.write(folder.resolve("x.parquet"), bytes);
    try (FileChannel channel = FileChannel.open(file)) {
      Chunk chunk = new Chunk("pt", 2, 100, at, Math.max(1, page.values()));
      PageChecks checks = new PageChecks(channel, "x.parquet", List.of(chunk));
      checks.before(100);
      checks.before(101);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "snappy_v1_dictionary.parquet",
        "gzip_v2_dictionary.parquet",
        "none_v2_other.parquet"
      })
  void everyFlippedBitInAPageIsFound(String name) throws IOException {
    byte[] bytes = file(name);
    Random random = new Random(1);
    int dictionaries = 0;
    for (int at : pages(bytes)) {
      PageHeader page = PageHeader.read(ByteBuffer.wrap(bytes).slice(at, bytes.length - at));
      if (page.values() == 0) {
        // What follows a dictionary is checked with it.
        dictionaries++;
      } else {
        assertThatCode(() -> check(bytes, at)).doesNotThrowAnyException();
      }
      byte[] damaged = bytes.clone();
      damaged[at + page.length() + random.nextInt(page.stored())] ^=
          (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> check(damaged, at))
          .isInstanceOf(UnreadableTableException.class)
          .hasMessageStartingWith(
              "x.parquet: column pt, row group 2: the page at byte %d is damaged: its CRC-32 is "
                  .formatted(at));
    }
    assertThat(dictionaries > 0).isEqualTo(name.contains("dictionary"));
  }

  @Test
  void aHeaderOfRandomBytesDoesNoHarm() throws IOException {
    byte[] header = file("gzip_v2_dictionary.parquet");
    int at = pages(header).get(1);
    RandomCase.each(
        20_000,
        random -> {
          byte[] bytes = java.util.Arrays.copyOfRange(header, at, at + 60);
          for (int i = random.between(0, 8); i >= 0; i--) {
            bytes[random.between(0, 39)] = (byte) random.bits();
          }
          try {
            PageHeader page = PageHeader.read(ByteBuffer.wrap(bytes));
            assertThat(page.stored()).isNotNegative();
            assertThat(page.values()).isNotNegative();
            assertThat(page.length()).isBetween(1, bytes.length);
          } catch (BufferUnderflowException | IllegalArgumentException e) {
            assertThat(String.valueOf(e.getMessage())).doesNotContain("Exception");
          }
        });
  }
}
