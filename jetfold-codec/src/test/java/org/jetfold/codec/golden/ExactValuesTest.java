package org.jetfold.codec.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.ColumnScale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A file says which values come back bit for bit, whoever knows them. */
@Tag("slow")
class ExactValuesTest {
  @Test
  void thoseOfTheModelAreTold() throws IOException {
    Map<String, byte[]> files = LearnedFiles.all();
    for (String name :
        new String[] {
          "learned-spikes-of-the-model",
          "learned-spikes-of-the-segment",
          "learned-spikes-undithered"
        }) {
      ByteSource bytes = ByteSource.of(files.get(name));
      try (Decompressor file = new Decompressor(bytes, 1)) {
        ColumnScale scale = file.scales().get(file.header().schema().column("pt"));
        assertThat(scale.spikes()).as(name).contains(-999.0);
        assertThat(scale.dithered()).as(name).isEqualTo(!name.endsWith("undithered"));
      }
    }
  }
}
