package org.jetfold.codec.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jetfold.codec.random.RandomTables.Sample;
import org.jetfold.codec.roundtrip.JetfBytes;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Table;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Files do not grow unnoticed. New sizes are written as new golden files are. */
@Tag("slow")
class SizesTest {
  private static final double TOLERANCE = 0.2;

  private static Map<String, Integer> kept() throws IOException {
    Map<String, Integer> kept = new LinkedHashMap<>();
    try (InputStream in = SizesTest.class.getResourceAsStream("/sizes.csv")) {
      assertThat(in).isNotNull();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split(",", -1))
          .forEach(fields -> kept.put(fields[0], Integer.parseInt(fields[1])));
    }
    return kept;
  }

  private static long rawBytes(Table table) {
    long bytes = 0;
    for (int column = 0; column < table.schema().columns().size(); column++) {
      Column described = table.schema().columns().get(column);
      bytes += (long) described.type().bytes() * table.values(column).size();
    }
    return bytes;
  }

  @Test
  void sizesAreThoseKept() throws IOException {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    for (Map.Entry<String, Sample> table : SizedTables.all().entrySet()) {
      Sample sample = table.getValue();
      byte[] file = JetfBytes.of(sample.table(), sample.precisions());
      sizes.put(table.getKey(), file.length);
      assertThat((double) file.length)
          .as(table.getKey())
          .isLessThan(1.01 * rawBytes(sample.table()));
    }
    if (Boolean.getBoolean("jetfold.golden.write")) {
      StringBuilder lines = new StringBuilder("table,bytes\n");
      sizes.forEach((name, bytes) -> lines.append(name).append(',').append(bytes).append('\n'));
      Files.writeString(Path.of("src", "test", "resources", "sizes.csv"), lines.toString());
      return;
    }
    Map<String, Integer> kept = kept();
    assertThat(sizes).hasSameSizeAs(kept);
    sizes.forEach((name, bytes) ->
        assertThat(bytes).as(name).isCloseTo(kept.get(name), withPercentage(TOLERANCE)));
  }
}
