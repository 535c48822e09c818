package org.jetfold.codec.golden;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.Compression;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.roundtrip.JetfBytes;
import org.jetfold.codec.roundtrip.PiecedSource;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;

/** Good files with bounds on computed quantities, which some of their events would miss. */
final class GuaranteedFiles {
  private GuaranteedFiles() {}

  /** All files by name. */
  static Map<String, byte[]> all() throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("guaranteed-events", file(250, true, "", "mjj=rel:0.004,dPhi=abs:0.0015"));
    all.put("guaranteed-events-dithered", file(250, true, ":dither", "mjj=rel:0.004"));
    all.put("guaranteed-rows", file(300, false, "", "E=rel:0.0045,u=abs:0.1"));
    all.put("guaranteed-and-kept-anyway", file(50, false, "", "E=rel:0.5,u=abs:100"));
    return all;
  }

  private static byte[] file(int entries, boolean events, String dither, String bounds)
      throws IOException {
    Numbers numbers = new Numbers(entries);
    int[] offsets = new int[entries + 1];
    for (int i = 0; i < entries; i++) {
      offsets[i + 1] = offsets[i] + (events ? numbers.below(5) : 1);
    }
    int jets = offsets[entries];
    float[] pt = new float[jets];
    double[] eta = new double[jets];
    float[] phi = new float[jets];
    float[] m = new float[jets];
    for (int i = 0; i < jets; i++) {
      pt[i] = i == 5 ? Float.NaN : (float) (20 + 40 * numbers.exponential());
      eta[i] = 1.5 * numbers.bell();
      phi[i] = (float) (Math.PI * (2 * numbers.unit() - 1));
      m[i] = (float) (6 * numbers.unit());
    }
    List<Column> columns =
        List.of(
            new Column("pt", ValueType.FLOAT32),
            new Column("eta", ValueType.FLOAT64),
            new Column("phi", ValueType.FLOAT32),
            new Column("m", ValueType.FLOAT32));
    List<ColumnValues> values =
        List.of(
            new ColumnValues.Floats(pt),
            new ColumnValues.Doubles(eta),
            new ColumnValues.Floats(phi),
            new ColumnValues.Floats(m));
    Schema schema = events ? Schema.events(List.of(), "jets", columns) : Schema.flat(columns);
    Table table = new Table(schema, entries, events ? List.of(offsets) : List.of(), values);
    List<Precision> precisions = new ArrayList<>();
    for (String setting : List.of("rel:0.004", "abs:0.001", "abs:0.001")) {
      precisions.add(Precision.parse(setting + dither));
    }
    precisions.add(Precision.exact());
    List<String> definitions = bounds.contains("u=") ? List.of("u = pt*eta") : List.of();
    Compression plan = Compression.of(schema, precisions).withGuarantees(bounds, null, definitions);
    return JetfBytes.of(new PiecedSource(table), plan, 1);
  }
}
