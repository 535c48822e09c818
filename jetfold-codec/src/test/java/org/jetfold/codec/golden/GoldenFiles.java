package org.jetfold.codec.golden;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.Compression;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.MissingModelException;
import org.jetfold.codec.file.UnsupportedFormatException;
import org.jetfold.codec.random.RandomTables.Sample;
import org.jetfold.codec.reference.ReferenceDecoder;
import org.jetfold.codec.roundtrip.JetfBytes;
import org.jetfold.codec.roundtrip.PiecedSource;
import org.jspecify.annotations.Nullable;

/**
 * The kept files of the version that is written now, and the program that makes them:
 *
 * <pre>
 * ./mvnw -pl jetfold-codec test -Dtest=GoldenFilesTest -Djetfold.golden.write=true
 * </pre>
 *
 * <p>While a version is not released its files may be made anew. Those of a released version stay
 * for ever; where the writer later makes other bytes of the same version, {@code written-*} files
 * of another name join them, and {@link #VERSION} only changes with the format's.
 */
final class GoldenFiles {
  static final String VERSION = "v1.0";

  private static @Nullable Map<String, byte[]> made;

  private GoldenFiles() {}

  /** The good files that this writer makes, and those made by hand: once, as they take a while. */
  static synchronized Map<String, byte[]> good() throws IOException {
    if (made == null) {
      made = Collections.unmodifiableMap(make());
    }
    return made;
  }

  private static Map<String, byte[]> make() throws IOException {
    Map<String, byte[]> good = new LinkedHashMap<>();
    for (Map.Entry<String, Sample> table : GoldenTables.all().entrySet()) {
      Sample sample = table.getValue();
      good.put("written-" + table.getKey(), JetfBytes.of(sample.table(), sample.precisions()));
    }
    good.put("written-dithered-many-blocks", seeded(GoldenTables.ditheredBlocks(), 20_261_130));
    LearnedFiles.all().forEach((name, bytes) -> good.put("written-" + name, bytes));
    CollectionFiles.all().forEach((name, bytes) -> good.put("written-" + name, bytes));
    AutoencodedFiles.all().forEach((name, bytes) -> good.put("written-" + name, bytes));
    GuaranteedFiles.all().forEach((name, bytes) -> good.put("written-" + name, bytes));
    MergedFiles.all().forEach((name, bytes) -> good.put("written-" + name, bytes));
    HandMadeFiles.all().forEach((name, bytes) -> good.put("hand-made-" + name, bytes));
    return good;
  }

  private static byte[] seeded(Sample sample, long seed) throws IOException {
    Compression plan = Compression.of(sample.schema(), sample.precisions()).withSeed(seed);
    return JetfBytes.of(new PiecedSource(sample.table()), plan, 1);
  }

  /** The bad files. */
  static List<BadFile> bad() throws IOException {
    List<BadFile> bad = new ArrayList<>();
    bad.addAll(BadHeaders.all());
    bad.addAll(BadDistributions.all());
    bad.addAll(BadBlocks.all());
    bad.addAll(BadGuarantees.all());
    bad.addAll(BadEnds.all());
    bad.addAll(BadModels.all());
    return bad;
  }

  /** How a file is refused: how, and at which byte where it is damaged. */
  static String refusal(byte[] file) throws IOException {
    try {
      JetfBytes.verify(file);
    } catch (DamagedFileException e) {
      return "damaged," + e.offset();
    } catch (UnsupportedFormatException | MissingModelException e) {
      // The file may be right, but this reader lacks what it needs.
      return "unsupported,";
    }
    return "accepted,";
  }

  /** Writes all files, what is in the good ones, and how the bad ones are refused. */
  static void write(Path folder) throws IOException {
    Path good = Files.createDirectories(folder.resolve(VERSION).resolve("good"));
    for (Map.Entry<String, byte[]> file : good().entrySet()) {
      Files.write(good.resolve(file.getKey() + ".jetf"), file.getValue());
      String text = ContentText.of(ReferenceDecoder.decode(file.getValue()).blocks());
      Files.writeString(good.resolve(file.getKey() + ".txt"), text);
    }
    Path bad = Files.createDirectories(folder.resolve(VERSION).resolve("bad"));
    StringBuilder expected = new StringBuilder("file,refusal,offset\n");
    for (BadFile file : bad()) {
      Files.write(bad.resolve(file.name() + ".jetf"), file.bytes());
      expected.append(file.name()).append(',').append(refusal(file.bytes())).append('\n');
    }
    Files.write(bad.resolve("expected.csv"), expected.toString().getBytes(StandardCharsets.UTF_8));
  }
}
