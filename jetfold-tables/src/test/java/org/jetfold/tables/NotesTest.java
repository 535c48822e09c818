package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.KeyValue;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.root.RootFile;
import org.jetfold.tables.format.ColumnRequest;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts about a whole table stand where other programs find them, and change nothing else. */
class NotesTest {
  private static final Map<String, String> NOTES = new LinkedHashMap<>();

  static {
    NOTES.put("jetfold.precision", "pt=rel:0.004:dither,it's \"η\"=abs:0.001:dither:snap");
    NOTES.put("jetfold.guarantees", "mjj=rel:0.004,square=rel:0.01 (square = pt^2)");
  }

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"t.parquet", "t.h5", "t.npz", "t.root", "t.arrow"})
  void standBesideTheTable(String file) throws Exception {
    Table table = new RandomTables(5).collections(2);
    Path path = folder.resolve(file);
    for (boolean noted : new boolean[] {false, true}) {
      SinkOptions options = new SinkOptions(true, _ -> {}).withNotes(noted ? NOTES : Map.of());
      WholeTable.write(TableFiles.create(path.toString(), null, table.schema(), options), table, 7);
      List<String> warnings = new ArrayList<>();
      SourceOptions reading = new SourceOptions(null, ColumnRequest.ALL, 2, warnings::add);
      try (TableSource source = TableFiles.open(path.toString(), null, reading)) {
        WholeTable.read(source, 9).assertSameAs(WholeTable.of(table));
      }
      assertThat(warnings).isEmpty();
      assertThat(notesOf(path)).isEqualTo(noted ? NOTES : Map.of());
    }
  }

  private static Map<String, String> notesOf(Path path) throws IOException, SQLException {
    Map<String, String> notes = new LinkedHashMap<>();
    switch (TableFormats.ofSink(path.toString(), null).name()) {
      case "Parquet" -> {
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
            Statement statement = database.createStatement();
            ResultSet found =
                statement.executeQuery(
                    "SELECT decode(key), decode(value) FROM parquet_kv_metadata('%s')"
                            .formatted(path)
                        + " WHERE decode(key) <> 'jetfold.columns'")) {
          while (found.next()) {
            notes.put(found.getString(1), found.getString(2));
          }
        }
      }
      case "HDF5" -> {
        try (HdfFile hdf = new HdfFile(path)) {
          hdf.getAttributes().forEach((name, value) -> notes.put(name, (String) value.getData()));
        }
      }
      case "Arrow" -> {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        int end = bytes.capacity() - "ARROW1".length() - Integer.BYTES;
        Footer footer =
            Footer.getRootAsFooter(bytes.slice(end - bytes.getInt(end), bytes.getInt(end)));
        for (int i = 0; i < footer.schema().customMetadataLength(); i++) {
          KeyValue note = footer.schema().customMetadata(i);
          notes.put(note.key(), note.value());
        }
        notes.remove("jetfold.columns");
      }
      case "NPZ" -> {
        try (ZipFile zip = new ZipFile(path.toFile())) {
          addLines(zip.getComment() == null ? "" : zip.getComment(), notes);
        }
      }
      case "ROOT" -> {
        try (RootFile root = RootFile.open(path)) {
          addLines(root.trees().getFirst().description(), notes);
        }
      }
      default -> throw new IllegalArgumentException(path.toString());
    }
    return notes;
  }

  private static void addLines(String text, Map<String, String> notes) {
    text.lines().forEach(line -> notes.put(line.split(": ", 2)[0], line.split(": ", 2)[1]));
  }
}
