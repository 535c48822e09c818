package org.jetfold.tables.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.testing.Mutations;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Changes bytes of files of every format, and reads what comes of them: a table or one line about
 * the file, soon and without much memory. As many as one likes:
 *
 * <pre>
 * ./mvnw -pl jetfold-tables test -Dtest=MutationTest -Djetfold.mutations=100000 -Djetfold.seed=1
 * </pre>
 *
 * <p>With {@code -Djetfold.formats=parquet,csv} only some formats.
 */
@Tag("slow")
class MutationTest {
  private static final int USUAL = 100;

  /** Of Parquet files, for each of which a database starts. */
  private static final int USUAL_PARQUET = 40;

  private static final List<String> FORMATS =
      List.of(
          System.getProperty("jetfold.formats", "h5,npz,npy,parquet,csv,arrow,arrows,root")
              .split(","));

  /** Larger files take longer than they are worth. */
  private static final int MAX_BYTES = 60_000;

  private static final List<String> SAMPLES =
      List.of(
          "records.h5",
          "lists.h5",
          "elsewhere.h5",
          "types.h5",
          "types_list.h5",
          "layouts_v108.h5",
          "layouts_v110.h5",
          "sparse_v200.h5",
          "types.npz",
          "types.arrow",
          "types_list.arrow",
          "missing.arrows",
          "nested.arrows",
          "growing.arrows",
          "old.arrows",
          "polars.arrow",
          "lz4.feather",
          "zstd.feather",
          "types.parquet",
          "types_list.parquet",
          "missing.parquet",
          "nested.parquet",
          "gzip_v2_dictionary.parquet",
          "lz4_v1_plain.parquet",
          "snappy_v1_dictionary.parquet",
          "none_v2_other.parquet",
          "zstd_v2_plain.parquet");

  private static final List<String> TEXTS =
      List.of(
          "pt,eta,n\n1.5,-0.25,3\n1e30,nan,-7\n0.1,inf,9223372036854775807\n",
          "# pt eta\n1.0000 2.0\n3.25 -0\n",
          "\"a \"\"b\"\"\";event\n1,5;0\n-2,5;0\n3;1\n",
          "event,x,is_good\r\n0,1,true\r\n0,2,false\r\n2,3,true\r\n");

  @TempDir private Path folder;

  /** A file and what its name ends with. */
  private record Sample(String ending, byte[] bytes) {}

  @ParameterizedTest
  @ValueSource(strings = {"h5", "npz", "npy", "parquet", "csv", "arrow", "arrows"})
  void changedFilesAreReadOrRefused(String format) throws IOException {
    if (!FORMATS.contains(format)) {
      return;
    }
    List<Sample> files = files(format);
    List<Checksums> checksums = files.stream().map(file -> Checksums.of(file.bytes())).toList();
    Mutations.each(
        format,
        format.equals("parquet") ? USUAL_PARQUET : USUAL,
        seed -> {
          Random random = new Random(seed);
          int number = (int) (seed % files.size());
          Sample file = files.get(number);
          byte[] changed = changed(file, checksums.get(number), random);
          // DuckDB takes longer to start, 14 ms, than a small file to be read.
          boolean again = !format.equals("parquet") || random.nextInt(8) == 0;
          return () -> ArrayFileReading.read(changed, file.ending(), again).isEmpty();
        });
  }

  /** What is under checksums is refused, or has its values. */
  @ParameterizedTest
  @ValueSource(strings = {"h5", "npz", "root"})
  void damageDoesNotChangeValues(String format) throws IOException {
    if (!FORMATS.contains(format)) {
      return;
    }
    Path whole = folder.resolve("whole." + format);
    Table table = table();
    try (TableSink sink =
        TableFiles.create(whole.toString(), null, table.schema(), new SinkOptions(true, _ -> {}))) {
      sink.write(table);
      sink.finish();
    }
    byte[] bytes = Files.readAllBytes(whole);
    List<long[]> values = new ArrayList<>();
    assertThat(ArrayFileReading.values(bytes, "." + format, values)).isEmpty();
    assertThat(values).isNotEmpty();
    Mutations.each(
        format + " with checksums",
        USUAL,
        seed -> {
          byte[] changed = Mutations.change(bytes.clone(), 0, bytes.length, new Random(seed));
          return () -> {
            List<long[]> after = new ArrayList<>();
            boolean isRead = ArrayFileReading.values(changed, "." + format, after).isEmpty();
            if (isRead && !ArrayFileReading.areSame(values, after)) {
              throw new AssertionError("other values");
            }
            return isRead;
          };
        });
  }

  /** A zip has names twice and no checksum of them: where both differ, one is damaged. */
  @Test
  void anArrayWithTwoNamesIsDamaged() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(packed)) {
      out.putNextEntry(new ZipEntry("pt.npy"));
      out.write(members().getFirst().bytes());
    }
    byte[] bytes = packed.toByteArray();
    assertThat(ArrayFileReading.read(bytes, ".npz")).isEmpty();
    int localName = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("pt.npy");
    int listedName = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("pt.npy");
    for (int at : new int[] {localName, listedName}) {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      assertThat(ArrayFileReading.read(changed, ".npz"))
          .contains("the array itself has another name");
    }
  }

  @Test
  void checksumsAreFoundAndMended() throws IOException {
    for (Sample file : files("h5")) {
      byte[] copy = file.bytes().clone();
      Checksums.of(copy).mend(copy);
      assertThat(copy).isEqualTo(file.bytes());
    }
  }

  private static Table table() {
    int objects = 300;
    float[] pt = new float[objects];
    double[] weights = new double[objects];
    long[] counts = new long[objects];
    Random random = new Random(1);
    for (int i = 0; i < objects; i++) {
      pt[i] = (float) Math.exp(random.nextGaussian());
      weights[i] = random.nextGaussian();
      counts[i] = random.nextInt(7);
    }
    Schema schema =
        Schema.events(
            List.of(new Column("run", ValueType.INT32)),
            "jets",
            List.of(
                new Column("pt", ValueType.FLOAT32),
                new Column("weight", ValueType.FLOAT64),
                new Column("n", ValueType.UINT8)));
    return new Table(
        schema,
        3,
        List.of(new int[] {0, 100, 100, objects}),
        List.of(
            new ColumnValues.Integers(new long[] {1, 2, 3}),
            new ColumnValues.Floats(pt),
            new ColumnValues.Doubles(weights),
            new ColumnValues.Integers(counts)));
  }

  private static byte[] changed(Sample file, Checksums checksums, Random random) {
    byte[] bytes = file.bytes().clone();
    if (file.ending().equals(".npz") && random.nextBoolean()) {
      return packedAnew(bytes, random);
    }
    Mutations.change(bytes, 0, bytes.length, random);
    if (random.nextInt(4) > 0) {
      checksums.mend(bytes);
    }
    return bytes;
  }

  /** The zip with one of its members changed, under a checksum that is right. */
  private static byte[] packedAnew(byte[] bytes, Random random) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes));
        ZipOutputStream out = new ZipOutputStream(packed)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] member = in.readAllBytes();
        out.putNextEntry(new ZipEntry(entry.getName()));
        // The header is what a parser sees.
        int end = random.nextBoolean() ? member.length : Math.min(member.length, 128);
        out.write(random.nextInt(3) == 0 ? Mutations.change(member, 0, end, random) : member);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return packed.toByteArray();
  }

  private static List<Sample> files(String format) throws IOException {
    List<Sample> files = new ArrayList<>();
    for (String name : SAMPLES) {
      if (format(name).equals(format)) {
        try (InputStream in = MutationTest.class.getResourceAsStream("/foreign/" + name)) {
          files.add(new Sample(ending(name), Objects.requireNonNull(in).readAllBytes()));
        }
      }
    }
    if (format.equals("npy")) {
      files.addAll(members());
    }
    if (format.equals("csv")) {
      TEXTS.forEach(text -> files.add(new Sample(".csv", text.getBytes(StandardCharsets.UTF_8))));
    }
    for (String name : List.of("cases", "cases/hostile")) {
      Path shared = Path.of(System.getProperty("jetfold.root", ".."), "..", "shared", name);
      if (Files.isDirectory(shared)) {
        try (Stream<Path> all = Files.list(shared)) {
          for (Path file : all.sorted().toList()) {
            String named = file.getFileName().toString();
            if (format(named).equals(format) && Files.size(file) <= MAX_BYTES) {
              files.add(new Sample(ending(named), Files.readAllBytes(file)));
            }
          }
        }
      }
    }
    return files;
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.')).toLowerCase(Locale.ROOT);
  }

  private static String format(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return ending.equals("feather") ? "arrow" : ending;
  }

  /** NPY files: what is in an NPZ file. */
  private static List<Sample> members() throws IOException {
    List<Sample> members = new ArrayList<>();
    try (InputStream in = MutationTest.class.getResourceAsStream("/foreign/types.npz");
        ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(in))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        members.add(new Sample(".npy", zip.readAllBytes()));
      }
    }
    return members;
  }
}
