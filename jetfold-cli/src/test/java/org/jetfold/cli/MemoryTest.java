package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A table larger than the memory: what is needed does not grow with the file. docs/cli.md says how
 * to try 10 GB.
 */
@Tag("slow")
final class MemoryTest {
  private static final long MEGABYTES = 128;
  private static final String MEMORY = "-Xmx" + MEGABYTES + "m";
  private static final int COLUMNS = 8;
  private static final int ROWS = 4_700_000;
  private static final int ROWS_A_WRITE = 10_000;

  @TempDir Path folder;

  @Test
  void fileLargerThanTheMemory() throws IOException, InterruptedException {
    Path npy = folder.resolve("large.npy");
    write(npy);
    assertThat(Files.size(npy)).isGreaterThan(MEGABYTES << 20);
    Path jetf = folder.resolve("large.jetf");
    Path errors = folder.resolve("errors.txt");
    ChildProcess compress =
        new ChildProcess().options(MEMORY, "-XX:TieredStopAtLevel=4").errors(errors);
    int compressed =
        compress.run("compress", npy, "--precision", "*=bits:7", "-q", "-T", "2", "-o", jetf);
    assertThat(compressed).as(Files.readString(errors)).isZero();
    ChildProcess verify =
        new ChildProcess().options(MEMORY, "-XX:TieredStopAtLevel=4").errors(errors);
    int verified = verify.run("verify", jetf, npy, "-q", "-T", "2");
    assertThat(verified).as(Files.readString(errors)).isZero();
  }

  private static void write(Path npy) throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }".formatted(ROWS, COLUMNS);
    String padded = header + " ".repeat(128 - 10 - 1 - header.length()) + "\n";
    try (FileChannel out =
        FileChannel.open(npy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer start = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
      start
          .put((byte) 0x93)
          .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
          .put((byte) 1)
          .put((byte) 0);
      start.putShort((short) padded.length()).flip();
      out.write(start);
      out.write(ByteBuffer.wrap(padded.getBytes(StandardCharsets.US_ASCII)));
      ByteBuffer rows =
          ByteBuffer.allocate(ROWS_A_WRITE * COLUMNS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int row = 0; row < ROWS; row += ROWS_A_WRITE) {
        rows.clear();
        for (int value = 0; value < ROWS_A_WRITE * COLUMNS; value++) {
          rows.putFloat((float) (20 / (1e-3 + random.nextDouble())));
        }
        rows.flip();
        while (rows.hasRemaining()) {
          out.write(rows);
        }
      }
    }
  }
}
