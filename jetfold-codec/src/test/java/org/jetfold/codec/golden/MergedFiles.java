package org.jetfold.codec.golden;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.FileMerger;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.random.RandomTables.Sample;
import org.jetfold.codec.roundtrip.JetfBytes;
import org.jetfold.codec.selection.Selection;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.TableSource;

/** Files that are made of two files whose events have phases of different seeds. */
final class MergedFiles {
  private static final int EVENTS = 300;
  private static final long[] SEEDS = {20_261_130, -7};

  private MergedFiles() {}

  static Map<String, byte[]> all() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("merged", made(Selection.ALL, null));
    files.put("merged-and-cut", made(Selection.events(200, 400), null));
    files.put("recoded", made(Selection.ALL, PrecisionRules.parse("pt=abs:5")));
    return files;
  }

  private static byte[] made(Selection selection, PrecisionRules rules) throws IOException {
    Sample sample = GoldenTables.ditheredBlocks();
    List<Decompressor> files = new ArrayList<>();
    for (int part = 0; part < SEEDS.length; part++) {
      TableSource table = TableSource.of(sample.table().slice(part * EVENTS, (part + 1) * EVENTS));
      Compression plan = Compression.of(sample.schema(), sample.precisions()).withSeed(SEEDS[part]);
      files.add(new Decompressor(ByteSource.of(JetfBytes.of(table, plan, 1)), 1));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FileMerger merger = new FileMerger(files, selection);
    if (rules == null) {
      merger.copy(out, _ -> {});
    } else {
      Projection all = Projection.all(sample.schema());
      merger.recode(merger.plan(all, rules), all, out, _ -> {});
    }
    for (Decompressor file : files) {
      file.close();
    }
    return out.toByteArray();
  }
}
