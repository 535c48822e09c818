package org.jetfold.examples;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jetfold.codec.Compression;
import org.jetfold.codec.StreamingCompressor;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;

/** Compresses events one at a time, as a trigger has them: {@code CompressEvents events.jetf}. */
public final class CompressEvents {
  private record Jet(float pt, float eta) {}

  public static void main(String[] args) throws IOException {
    Column pt = new Column("pt", ValueType.FLOAT32);
    Column eta = new Column("eta", ValueType.FLOAT32);
    Schema schema = Schema.events(List.of(), "jets", List.of(pt, eta));
    Compression plan = Compression.of(schema, PrecisionRules.jets());
    List<List<Jet>> events =
        List.of(
            List.of(new Jet(310.25f, -0.5f), new Jet(87.5f, 1.75f)),
            List.of(new Jet(44.125f, 2.125f)));
    try (OutputStream out = Files.newOutputStream(Path.of(args[0]));
        StreamingCompressor compressor = new StreamingCompressor(plan, out, 1)) {
      for (List<Jet> jets : events) {
        compressor.addList(1, jets.size());
        for (Jet jet : jets) {
          compressor.add(0, jet.pt());
          compressor.add(1, jet.eta());
        }
        compressor.endEvent();
      }
      System.out.println(compressor.finish().bytes() + " bytes");
    }
  }
}
