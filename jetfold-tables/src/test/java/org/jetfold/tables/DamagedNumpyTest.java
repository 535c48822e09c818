package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.format.SourceOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damage is reported, or has done no harm; it never gives other values and never another exception.
 */
class DamagedNumpyTest {
  @TempDir Path folder;

  private static final float[] VALUES = new float[300];

  static {
    Random random = new Random(5);
    for (int i = 0; i < VALUES.length; i++) {
      VALUES[i] = random.nextFloat();
    }
  }

  private static byte[] npz(boolean deflated) throws IOException {
    return NpyBytes.npz(
        deflated,
        NpyBytes.arrays(
            "jets", NpyBytes.floats("(100, 3)", VALUES),
            "columns", NpyBytes.texts("pt", "eta", "phi"),
            "offsets", NpyBytes.longs(0, 3, 50, 100),
            "event_number", NpyBytes.longs(7, 8, 9)));
  }

  private WholeTable read(String name) throws IOException {
    try (TableSource source = TableFiles.open(name, null, new SourceOptions(_ -> {}))) {
      return WholeTable.read(source, 20);
    }
  }

  /**
   * Whether a file is refused; where it is not, whatever it gives for the arrays that are still
   * found must be right.
   */
  private boolean refused(String name, WholeTable right) throws IOException {
    try {
      WholeTable table = read(name);
      for (int i = 0; i < table.bits().size(); i++) {
        long[] bits = table.bits().get(i);
        if (right.bits().stream().noneMatch(expected -> Arrays.equals(expected, bits))) {
          fail("column %d of %s has other values", i, table.schema());
        }
      }
      return false;
    } catch (UnreadableTableException e) {
      assertThat(e.getMessage()).startsWith(name).doesNotContain("\n", "null");
      return true;
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyPrefixOfAnNpzIsRefused(boolean deflated) throws IOException {
    byte[] bytes = npz(deflated);
    WholeTable right = read(NpyBytes.file(folder, "whole.npz", bytes));
    for (int length = 0; length < bytes.length; length++) {
      assertThat(refused(NpyBytes.file(folder, "cut.npz", Arrays.copyOf(bytes, length)), right))
          .isTrue();
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noFlipInAnNpzGivesOtherValues(boolean deflated) throws IOException {
    byte[] bytes = npz(deflated);
    WholeTable right = read(NpyBytes.file(folder, "whole.npz", bytes));
    Random random = new Random(1);
    for (int i = 0; i < 1200; i++) {
      byte[] damaged = bytes.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      refused(NpyBytes.file(folder, "flipped.npz", damaged), right);
    }
  }

  /** The library that reads archives has no words for it. */
  @Test
  void aMemberThatBeginsAtTheEndIsDamaged() throws IOException {
    byte[] bytes = npz(true);
    WholeTable right = read(NpyBytes.file(folder, "whole.npz", bytes));
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int directory = numbers.getInt(bytes.length - 6);
    numbers.putInt(directory + 42, bytes.length - 5);
    assertThat(refused(NpyBytes.file(folder, "far.npz", bytes), right)).isTrue();
  }

  @Tag("slow")
  @Test
  void everyPrefixOfAnNpyIsRefused() throws IOException {
    byte[] bytes = NpyBytes.floats("(100, 3)", VALUES);
    WholeTable right = read(NpyBytes.file(folder, "whole.npy", bytes));
    for (int length = 0; length < bytes.length; length++) {
      assertThat(refused(NpyBytes.file(folder, "cut.npy", Arrays.copyOf(bytes, length)), right))
          .isTrue();
    }
    assertThat(
            refused(
                NpyBytes.file(folder, "long.npy", Arrays.copyOf(bytes, bytes.length + 1)), right))
        .isTrue();
  }

  @Test
  void noFlipInAnNpyHeaderGivesAnotherException() throws IOException {
    byte[] bytes = NpyBytes.floats("(100, 3)", VALUES);
    int header = bytes.length - 4 * VALUES.length;
    Random random = new Random(2);
    for (int i = 0; i < 1200; i++) {
      byte[] damaged = bytes.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        damaged[random.nextInt(header)] = (byte) random.nextInt(256);
      }
      try {
        // NPY has no checksum: another type or shape of the same size cannot be told from the right
        // one.
        assertThat(read(NpyBytes.file(folder, "flipped.npy", damaged)).bits()).isNotEmpty();
      } catch (UnreadableTableException e) {
        assertThat(e.getMessage()).doesNotContain("\n");
      }
    }
  }
}
