package org.jetfold.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jetfold.root.support.SharedFiles;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged files give an error that names file and offset, or values: never another exception, never
 * a hang. A build tries some of the prefixes: {@code -Djetfold.exhaustive=true} tries all.
 */
class DamagedFileTest {
  private static final int SMALL = 9_000;
  private static final int FLIPS_OF_A_FILE = 10;

  /** How much longer a prefix is than the one before, at most. */
  private static final int LARGEST_STEP = Boolean.getBoolean("jetfold.exhaustive") ? 1 : 7;

  @TempDir Path folder;

  @Tag("slow")
  @TestFactory
  Stream<DynamicTest> everyPrefixOfSmallFiles() {
    return files(0, SMALL)
        .map(file ->
            dynamicTest(
                file.getFileName().toString(),
                () -> {
                  byte[] bytes = Files.readAllBytes(file);
                  Random random = new Random(bytes.length);
                  for (int length = 0;
                      length < bytes.length;
                      length += 1 + random.nextInt(LARGEST_STEP)) {
                    readAll(Arrays.copyOf(bytes, length));
                  }
                }));
  }

  @Tag("slow")
  @TestFactory
  Stream<DynamicTest> flippedBytes() {
    return files(0, 700_000)
        .map(file ->
            dynamicTest(
                file.getFileName().toString(),
                () -> {
                  byte[] bytes = Files.readAllBytes(file);
                  Random random = new Random(bytes.length);
                  int flips = bytes.length < SMALL ? 50 * FLIPS_OF_A_FILE : FLIPS_OF_A_FILE;
                  for (int i = 0; i < flips; i++) {
                    byte[] damaged = bytes.clone();
                    // One byte alone is often noticed at once; several reach deeper.
                    for (int n = random.nextInt(3); n >= 0; n--) {
                      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                    }
                    readAll(damaged);
                  }
                }));
  }

  @Test
  void whatIsNoRootFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("text.root"), "no ROOT file at all");
    try (RootFile opened = RootFile.open(file)) {
      assertThat(opened.keys()).isNull();
    } catch (RootFormatException e) {
      assertThat(e).hasMessageContaining("text.root: byte 0: it is no ROOT file");
      assertThat(e.offset()).isZero();
      assertThat(e.file()).isEqualTo("text.root");
    }
  }

  private static Stream<Path> files(long from, long to) {
    return SharedFiles.all().stream()
        .filter(file -> file.toFile().length() >= from && file.toFile().length() < to);
  }

  private void readAll(byte[] bytes) throws IOException {
    Path damaged = Files.write(folder.resolve("damaged.root"), bytes);
    try (RootFile file = RootFile.open(damaged)) {
      for (RootTree tree : file.trees()) {
        List<RootColumn> columns = tree.columns().stream().filter(RootColumn::isReadable).toList();
        long entries = Math.min(tree.entries(), 1 << 16);
        for (RootColumn column : columns) {
          try {
            tree.read(column, 0, entries);
          } catch (RootException e) {
            assertThat(e.getMessage()).isEqualTo("damaged.root: " + e.detail());
          }
        }
      }
    } catch (RootException e) {
      assertThat(e.getMessage()).isEqualTo("damaged.root: " + e.detail());
    }
  }
}
