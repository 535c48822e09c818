package org.jetfold.root.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jetfold.root.JaggedColumn;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootException;
import org.jetfold.root.RootFile;
import org.jetfold.root.RootTree;
import org.jetfold.root.ValueType;
import org.jetfold.root.write.NtupleField;
import org.jetfold.root.write.NtupleWriter;

/** Any bytes are read or refused with a place in the file; nothing else comes out of the reader. */
class RootFileFuzzTest {
  private static final int MAX_ENTRIES = 1 << 12;

  /** A whole file. */
  @FuzzTest(maxDuration = "60s")
  void file(byte[] bytes) throws IOException {
    read(bytes);
  }

  /**
   * A file that is right but for some bytes, so that the search need not find out what a ROOT file
   * is: pairs of a place and a value.
   */
  @FuzzTest(maxDuration = "60s")
  void changedNtuple(byte[] changes) throws IOException {
    read(changed(ntuple(), changes));
  }

  /** The same of a TTree, which has no checksums. */
  @FuzzTest(maxDuration = "60s")
  void changedTree(byte[] changes) throws IOException {
    read(changed(MutationTest.tree(), changes));
  }

  private static byte[] changed(byte[] bytes, byte[] changes) {
    for (int i = 0; i + 2 < changes.length; i += 3) {
      int place = (changes[i] & 0xFF) << 8 | (changes[i + 1] & 0xFF);
      bytes[place % bytes.length] = changes[i + 2];
    }
    return bytes;
  }

  static byte[] ntuple() throws IOException {
    Path file = Files.createTempFile("fuzz", ".root");
    try {
      List<NtupleField> fields =
          List.of(
              new NtupleField("n", ValueType.INT32, 0), new NtupleField("x", ValueType.FLOAT32, 1));
      try (NtupleWriter writer = new NtupleWriter(file, "f.root", "t", fields)) {
        writer.write(
            List.of(
                new JaggedColumn(
                    0, 2, new org.jetfold.root.ColumnValues.Integers(new long[] {1, 2}), List.of()),
                new JaggedColumn(
                    0,
                    2,
                    new org.jetfold.root.ColumnValues.Floats(new float[] {1, 2, 3}),
                    List.of(new int[] {0, 2, 3}))));
        writer.finish();
      }
      return Files.readAllBytes(file);
    } finally {
      Files.delete(file);
    }
  }

  private static void read(byte[] bytes) throws IOException {
    Path path = Files.createTempFile("fuzz", ".root");
    try {
      Files.write(path, bytes);
      try (RootFile file = RootFile.open(path)) {
        for (RootTree tree : file.trees()) {
          tree.boundaries();
          for (RootColumn column : tree.columns()) {
            if (column.isReadable()) {
              try {
                tree.read(column, 0, Math.min(tree.entries(), MAX_ENTRIES));
              } catch (RootException e) {
                check(e);
              }
            }
          }
        }
      } catch (RootException e) {
        check(e);
      }
    } finally {
      Files.delete(path);
    }
  }

  /** The place may be behind the end, where a damaged pointer leads; it is never missing. */
  static void check(RootException e) {
    if (!e.getMessage().contains("byte " + e.offset() + ": ")) {
      throw new AssertionError("no place in the file", e);
    }
  }
}
