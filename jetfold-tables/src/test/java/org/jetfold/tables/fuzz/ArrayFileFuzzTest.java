package org.jetfold.tables.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Any bytes are read or refused in one line; nothing else comes out of the readers. */
class ArrayFileFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void hdf5(byte[] bytes) throws IOException {
    ArrayFileReading.read(bytes, ".h5");
  }

  @FuzzTest(maxDuration = "60s")
  void npz(byte[] bytes) throws IOException {
    ArrayFileReading.read(bytes, ".npz");
  }

  @FuzzTest(maxDuration = "60s")
  void npy(byte[] bytes) throws IOException {
    ArrayFileReading.read(bytes, ".npy");
  }

  @FuzzTest(maxDuration = "60s")
  void arrow(byte[] bytes) throws IOException {
    ArrayFileReading.read(bytes, ".arrows");
  }

  @FuzzTest(maxDuration = "60s")
  void changedHdf5(byte[] changes) throws IOException {
    ArrayFileReading.read(changed("elsewhere.h5", changes), ".h5");
  }

  @FuzzTest(maxDuration = "60s")
  void changedArrow(byte[] changes) throws IOException {
    ArrayFileReading.read(changed("nested.arrows", changes), ".arrows");
  }

  /**
   * A file that is right but for some bytes, so that the search need not find out what such a file
   * is: a place in two bytes, and a value.
   */
  private static byte[] changed(String name, byte[] changes) throws IOException {
    byte[] bytes;
    try (InputStream in = ArrayFileFuzzTest.class.getResourceAsStream("/foreign/" + name)) {
      bytes = Objects.requireNonNull(in).readAllBytes();
    }
    for (int i = 0; i + 2 < changes.length; i += 3) {
      int place = (changes[i] & 0xFF) << 8 | (changes[i + 1] & 0xFF);
      bytes[place % bytes.length] = changes[i + 2];
    }
    return bytes;
  }
}
