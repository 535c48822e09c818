package org.jetfold.root;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jetfold.root.support.ColumnNumbers;
import org.jetfold.root.support.SharedFiles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One tree, packed by five codecs, and once more as objects. */
class HzzTest {
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"-zlib", "-lzma", "-lz4", "-zstd", ""})
  void everyCodecGivesTheSame(String codec) throws IOException {
    try (RootFile plain = RootFile.open(SharedFiles.file("uproot-HZZ-uncompressed.root"));
        RootFile packed = RootFile.open(SharedFiles.file("uproot-HZZ" + codec + ".root"))) {
      RootTree expected = plain.tree("events").orElseThrow();
      RootTree tree = packed.tree("events").orElseThrow();
      assertThat(tree.columns().stream().map(RootColumn::name).toList())
          .isEqualTo(expected.columns().stream().map(RootColumn::name).toList());
      for (RootColumn column : expected.columns()) {
        assertSame(column, read(tree, column.name()), read(expected, column.name()));
      }
    }
  }

  @Test
  void objectsHoldTheSameNumbersAsFlatColumns() throws IOException {
    Map<String, String> pairs =
        Map.of(
            "MET.fX", "MET_px",
            "MET.fY", "MET_py",
            "MC_bquarkhadronic.fX", "MChadronicBottom_px",
            "MC_bquarkleptonic.fZ", "MCleptonicBottom_pz",
            "MC_lepton.fY", "MClepton_py",
            "MC_neutrino.fZ", "MCneutrino_pz");
    try (RootFile flat = RootFile.open(SharedFiles.file("uproot-HZZ.root"));
        RootFile objects = RootFile.open(SharedFiles.file("uproot-HZZ-objects.root"))) {
      RootTree flatTree = flat.tree("events").orElseThrow();
      RootTree objectTree = objects.tree("events").orElseThrow();
      for (Map.Entry<String, String> pair : pairs.entrySet()) {
        double[] ours = ((ColumnValues.Doubles) read(objectTree, pair.getKey()).values()).values();
        float[] expected =
            ((ColumnValues.Floats) read(flatTree, pair.getValue()).values()).values();
        for (int i = 0; i < expected.length; i++) {
          assertThat((float) ours[i]).as(pair.getKey()).isEqualTo(expected[i]);
        }
      }
      JaggedColumn muons = read(objectTree, "muonp4.fP.fX");
      JaggedColumn expected = read(flatTree, "Muon_Px");
      assertThat(muons.offsets().getFirst()).isEqualTo(expected.offsets().getFirst());
    }
  }

  @Test
  void piecesGiveTheSameAsTheWhole() throws IOException {
    try (RootFile file = RootFile.open(SharedFiles.file("uproot-HZZ.root"))) {
      RootTree tree = file.tree("events").orElseThrow();
      RootColumn column = tree.column("Jet_Px").orElseThrow();
      float[] whole = ((ColumnValues.Floats) read(tree, "Jet_Px").values()).values();
      int at = 0;
      for (long first = 0; first < tree.entries(); first += 37) {
        JaggedColumn piece = tree.read(column, first, Math.min(first + 37, tree.entries()));
        assertThat(piece.offsets().getFirst()[0]).isZero();
        for (float value : ((ColumnValues.Floats) piece.values()).values()) {
          assertThat(value).isEqualTo(whole[at++]);
        }
      }
      assertThat(at).isEqualTo(whole.length);
    }
  }

  @Tag("slow")
  @Test
  void manyThreadsReadTheSame() throws Exception {
    try (RootFile file = RootFile.open(SharedFiles.file("uproot-HZZ-zstd.root"));
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      RootTree tree = file.tree("events").orElseThrow();
      List<Callable<JaggedColumn>> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        tree.columns().forEach(column -> tasks.add(() -> tree.read(column, 0, tree.entries())));
      }
      List<Future<JaggedColumn>> read = threads.invokeAll(tasks);
      int columns = tree.columns().size();
      for (int i = columns; i < read.size(); i++) {
        RootColumn column = tree.columns().get(i % columns);
        assertSame(column, read.get(i).get(), read.get(i % columns).get());
      }
    }
  }

  /** Compares arrays as a whole: AssertJ's recursive comparison takes most of a test's time. */
  private static void assertSame(RootColumn column, JaggedColumn found, JaggedColumn expected) {
    assertThat(ColumnNumbers.of(found.values(), column.type()))
        .as(column.name())
        .isEqualTo(ColumnNumbers.of(expected.values(), column.type()));
    assertThat(found.offsets()).hasSameSizeAs(expected.offsets());
    for (int level = 0; level < expected.offsets().size(); level++) {
      assertThat(found.offsets().get(level))
          .as("%s, level %d", column.name(), level)
          .isEqualTo(expected.offsets().get(level));
    }
  }

  private static JaggedColumn read(RootTree tree, String name) throws IOException {
    return tree.read(tree.column(name).orElseThrow(), 0, tree.entries());
  }
}
