package org.jetfold.train.optimization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.jetfold.testing.Mutations;
import org.jetfold.train.CheckpointException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A checkpoint is the state of a training, or refused in one line: whatever its bytes are, and
 * though its checksum is right.
 */
final class CheckpointTest {
  private static final int HEAD = 2 * Long.BYTES;

  /** Where the numbers stand behind the head, with settings of two bytes. */
  private static final int LENGTH_OF_SETTINGS = 8;

  private static final int STEPS = 14;
  private static final int SECONDS = 18;
  private static final int BEST_LOSS = 26;
  private static final int WORSE = 34;
  private static final int RATE_SCALE = 38;
  private static final int ARRAYS = 46;
  private static final int LENGTH_OF_ARRAY = 50;
  private static final int VALUE = 54;
  private static final int VALUE_OF_SQUARES = 54 + 2 * 16;

  @TempDir private Path folder;

  private static float[][] arrays(float value) {
    return new float[][] {{value, 2}};
  }

  private static Checkpoint state() {
    return new Checkpoint(
        7, "ab", 3, 1.5, 0.25, 1, 0.5, arrays(1), arrays(3), arrays(4), arrays(5));
  }

  /** The bytes behind the checksum. */
  private byte[] body() throws IOException {
    Path file = folder.resolve("whole");
    state().write(file);
    byte[] bytes = Files.readAllBytes(file);
    return Arrays.copyOfRange(bytes, HEAD, bytes.length);
  }

  /** A file with a right checksum. */
  private static void seal(Path file, byte[] body) throws IOException {
    CRC32C crc = new CRC32C();
    crc.update(body);
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + body.length);
    bytes.putLong(0x4A45_544D_4350_3032L).putLong(crc.getValue()).put(body);
    Files.write(file, bytes.array());
  }

  private void assertDamaged(String what, byte[] body) throws IOException {
    Path file = folder.resolve("jets.jetm.checkpoint");
    seal(file, body);
    assertThatThrownBy(() -> Checkpoint.read(file))
        .as(what)
        .isInstanceOf(CheckpointException.class)
        .hasMessage(file + " is damaged: delete it to start from the beginning");
  }

  @Test
  void aWholeOneComesBack() throws IOException {
    Path file = folder.resolve("again");
    seal(file, body());
    assertThat(Checkpoint.read(file)).usingRecursiveComparison().isEqualTo(state());
  }

  /**
   * Bytes changed under a right checksum, as {@code -Djetfold.mutations=100000 -Djetfold.seed=1}
   * say.
   */
  @Test
  void changedOnesAreReadOrRefused() throws IOException {
    byte[] whole = body();
    Path file = folder.resolve("changed");
    Mutations.each(
        "checkpoint",
        2000,
        seed -> {
          byte[] changed = Mutations.change(whole.clone(), 0, whole.length, new Random(seed));
          return () -> {
            seal(file, changed);
            try {
              Checkpoint.read(file).requireShapes(file, arrays(0), arrays(0));
              return true;
            } catch (CheckpointException e) {
              assertThat(e).hasMessageStartingWith(file.toString()).hasMessageNotContaining("null");
              return false;
            }
          };
        });
  }

  @Test
  void lengthsThatLieAreDamage() throws IOException {
    for (int at : new int[] {LENGTH_OF_SETTINGS, ARRAYS, LENGTH_OF_ARRAY}) {
      for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 28, 1000, 0}) {
        byte[] body = body();
        ByteBuffer.wrap(body).putInt(at, length);
        assertDamaged("%d at %d".formatted(length, at), body);
      }
    }
  }

  @Test
  void bytesThatAreMissingOrTooManyAreDamage() throws IOException {
    byte[] body = body();
    for (int length = 0; length < body.length; length++) {
      assertDamaged(length + " bytes", Arrays.copyOf(body, length));
    }
    assertDamaged("a byte more", Arrays.copyOf(body, body.length + 1));
  }

  @Test
  void numbersThatNoTrainingHasAreDamage() throws IOException {
    for (int at : new int[] {STEPS, WORSE}) {
      byte[] body = body();
      ByteBuffer.wrap(body).putInt(at, -1);
      assertDamaged("-1 at " + at, body);
    }
    for (int at : new int[] {SECONDS, BEST_LOSS, RATE_SCALE}) {
      byte[] body = body();
      ByteBuffer.wrap(body).putDouble(at, Double.NaN);
      assertDamaged("NaN at " + at, body);
    }
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      byte[] body = body();
      ByteBuffer.wrap(body).putFloat(VALUE, value);
      assertDamaged("weight " + value, body);
    }
    byte[] body = body();
    ByteBuffer.wrap(body).putFloat(VALUE_OF_SQUARES, -1);
    assertDamaged("a negative square", body);
  }

  @Test
  void arraysOfAnotherNetworkAreDamage() throws IOException {
    Path file = folder.resolve("other");
    Checkpoint state = state();
    state.requireShapes(file, arrays(0), arrays(0));
    float[][] longer = {{1, 2, 3}};
    float[][] more = {{1, 2}, {3}};
    for (float[][] others : new float[][][] {longer, more, {}}) {
      for (float[][][] pair : new float[][][][] {{others, arrays(0)}, {arrays(0), others}}) {
        assertThatThrownBy(() -> state.requireShapes(file, pair[0], pair[1]))
            .isInstanceOf(CheckpointException.class)
            .hasMessageContaining("is damaged");
      }
    }
  }

  @FuzzTest(maxDuration = "60s")
  void checkpoint(byte[] body) throws IOException {
    Path file = Files.createTempFile("fuzz", ".checkpoint");
    try {
      seal(file, body);
      Checkpoint.read(file);
    } catch (CheckpointException e) {
      assertThat(e).hasMessageEndingWith(" is damaged: delete it to start from the beginning");
    } finally {
      Files.delete(file);
    }
  }
}
