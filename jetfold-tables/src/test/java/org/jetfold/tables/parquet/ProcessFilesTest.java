package org.jetfold.tables.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only our own files of processes that are gone are removed. */
class ProcessFilesTest {
  @TempDir Path folder;

  @Test
  void whatProcessesThatAreGoneLeftIsRemoved() throws Exception {
    Path ours = ProcessFiles.file(folder);
    Process child = new ProcessBuilder("true").start();
    child.waitFor();
    String own = Long.toString(ProcessHandle.current().pid());
    String name = String.valueOf(ours.getFileName());
    Path gone = folder.resolve(name.replace("-" + own + "-", "-" + child.pid() + "-"));
    Path goneFolder =
        folder.resolve(name.replaceAll("-" + own + "-[0-9]+", "-" + child.pid() + "-1"));
    Files.createFile(gone);
    Files.createDirectory(goneFolder);
    Path kept = Files.writeString(folder.resolve("kept.parquet"), "x");
    Files.createSymbolicLink(goneFolder.resolve("linked.parquet"), kept);
    Path elsewhere = Files.createFile(folder.resolve(".jetfold-1-" + child.pid() + "-7.tmp"));
    Path others = Files.createFile(folder.resolve(".jetfold-file.tmp"));
    ProcessFiles.sweep(folder);
    assertThat(entries()).containsExactlyInAnyOrder(ours, kept, elsewhere, others);
    ProcessFiles.sweep(folder.resolve("nowhere"));
  }

  @Test
  void aFolderThatHoldsMoreThanLinksStays() throws IOException {
    Path full = Files.createDirectory(folder.resolve("full"));
    Files.createFile(full.resolve("x"));
    try {
      ProcessFiles.remove(full);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("full");
    }
    assertThat(full.resolve("x")).exists();
  }

  private Stream<Path> entries() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList().stream();
    }
  }
}
