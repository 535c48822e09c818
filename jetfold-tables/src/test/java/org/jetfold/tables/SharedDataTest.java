package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data that lies beside a checkout, where it does. */
@Tag("slow")
class SharedDataTest {
  @TempDir Path folder;

  private static List<Path> files() throws IOException {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path data = at.resolve("shared/data");
      if (Files.isDirectory(data)) {
        try (Stream<Path> files = Files.walk(data)) {
          return files.filter(file -> file.toString().endsWith(".npz")).sorted().toList();
        }
      }
    }
    return List.of();
  }

  @Test
  void everyFileComesBackAsItWas() throws IOException {
    List<Path> files = files();
    assumeThat(files).as("shared data").isNotEmpty();
    String copy = folder.resolve("copy.npz").toString();
    for (Path file : files) {
      if (Files.size(file) > 12_000_000) {
        continue;
      }
      List<String> warnings = new ArrayList<>();
      WholeTable original;
      try (TableSource source =
              TableFiles.open(file.toString(), null, new SourceOptions(warnings::add));
          TableSink sink =
              TableFiles.create(
                  copy, null, source.schema(), new SinkOptions(true, warnings::add))) {
        for (Table piece = source.next(10_000); piece != null; piece = source.next(10_000)) {
          sink.write(piece);
        }
        sink.finish();
      }
      assertThat(warnings).allMatch(line -> line.contains("array sources left out: it holds text"));
      try (TableSource source =
          TableFiles.open(file.toString(), null, new SourceOptions(warnings::add))) {
        original = WholeTable.read(source, 100_000);
      }
      assertThat(original.schema().hasEvents()).isTrue();
      try (TableSource source = TableFiles.open(copy, null, new SourceOptions(warnings::add))) {
        WholeTable.read(source, 7000).assertSameAs(original);
      }
    }
  }
}
