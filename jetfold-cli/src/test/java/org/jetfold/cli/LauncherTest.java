package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.demo.Sample;
import org.jetfold.codec.table.EnergyUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the script {@code jetfold} starts java with: in a distribution whose java tells. */
final class LauncherTest {
  private static final String VECTORS = "jdk.incubator.vector";

  @TempDir Path folder;
  private Distribution distribution;

  @BeforeEach
  void writeDistribution() throws IOException {
    distribution = Distribution.write(folder);
    writeJdk(folder.resolve("jdk"), "JAVA_VERSION=\"25.0.1\"\n");
  }

  private static void writeJdk(Path jdk, String release) throws IOException {
    Path java = jdk.resolve("bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(jdk.resolve("release"), release);
    Files.writeString(
        java,
        """
        #!/usr/bin/env bash
        printf '%s\\n' "$@"
        echo "keeps ${MALLOC_TRIM_THRESHOLD_-what the system says}"
        echo "locale ${LC_ALL-none}"
        echo "java $0"
        case $* in *does-not-start*) echo "Error: no heap" >&2; exit 1 ;; esac
        """);
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  private String started(String... arguments) throws IOException, InterruptedException {
    return started(Map.of(), "exec \"$@\"", 0, arguments);
  }

  /** Starts the script from a shell, in which other limits may hold. */
  private String started(
      Map<String, String> environment, String shell, int exitCode, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("bash", "-c", shell, "bash", "bash", distribution.script().toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().remove("MALLOC_TRIM_THRESHOLD_");
    builder.environment().put("TMPDIR", folder.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(exitCode);
    return said;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train jets.npz -o jets.jetm",
        "scan jets.npz --latent 3 -o scan.csv",
        "bench ae.jetm",
        "compress jets.npz --learn",
        "compress jets.npz --model=jets.jetm",
        "compare jets.npz --minutes 1",
        "study bump-hunt jets.npz --model jets.jetm"
      })
  void networksRunOnVectors(String line) throws Exception {
    assertThat(started(line.split(" ", -1)))
        .contains(VECTORS)
        .contains("org.jetfold.cli.Jetfold\n" + line.replace(' ', '\n'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compress jets.npz -o jets.jetf",
        "inspect jets.jetm",
        "list jets.root",
        "study dimension jets.npz",
        "--help",
        "train --help",
        "scan -h",
        "bench --help",
        "compress jets.npz --learn --help"
      })
  void othersStartWithoutJavasWarning(String line) throws Exception {
    assertThat(started(line.split(" ", -1)))
        .doesNotContain(VECTORS)
        .contains("org.jetfold.cli.Jetfold\n" + line.replace(' ', '\n'));
  }

  /** The second compiler would only begin before these end. */
  @ParameterizedTest
  @CsvSource({
    "--version, true",
    "inspect large.npz, true",
    "list large.npz, true",
    "compress small.npz -o out.jetf, true",
    "compress small.npz large.npz -o out.jetf, false",
    "compress - -o out.jetf, false",
    "compress events.root:tree -o out.jetf, false",
    "compress run*.npz -o out.jetf, false",
    "head large.npz, false",
    "decompress large.npz, false",
    "decompress link.npz, false",
    "evaluate small.npz small.npz, false",
    "compress small.npz --learn, false"
  })
  void shortCommandsUseOneCompiler(String line, boolean isShort) throws Exception {
    Files.write(folder.resolve("small.npz"), new byte[1000]);
    Files.write(folder.resolve("large.npz"), new byte[5_000_000]);
    Files.createSymbolicLink(folder.resolve("link.npz"), folder.resolve("large.npz"));
    String inFolder = line.replaceAll("\\S+\\.npz", folder + "/$0");
    assertThat(started(inFolder.split(" ", -1)).contains("-XX:TieredStopAtLevel=1\n"))
        .isEqualTo(isShort);
  }

  /** Stored classes go with the modules that they were stored with. */
  @Test
  void storedClassesAreUsedWhereTheyFit() throws Exception {
    assertThat(started("--version")).doesNotContain("AOTCache");
    Path stored = distribution.script().resolveSibling("../lib/jetfold.aot").normalize();
    Files.write(stored, new byte[1]);
    assertThat(started("--version")).contains("-XX:AOTCache=" + stored + "\n");
    assertThat(started("bench", "ae.jetm")).doesNotContain("AOTCache");
  }

  /** What an archive brings goes before what is installed. */
  @Test
  void ownJavaIsUsed() throws Exception {
    Path runtime = folder.resolve("app/runtime");
    assertThat(started("--version")).contains("java " + folder.resolve("jdk"));
    writeJdk(runtime, "JAVA_VERSION=\"25.0.3\"\nMODULES=\"java.base java.sql\"\n");
    assertThat(started("--version")).contains("java " + runtime);
    Files.delete(runtime.resolve("release"));
    assertThat(refused()).contains(runtime + " is not complete");
  }

  @ParameterizedTest
  @CsvSource({
    "java.base java.sql jdk.zipfs java.sql.rowset, none",
    "java.base java.sql.rowset jdk.zipfs, java.sql",
    "java.base, java.sql jdk.zipfs"
  })
  void missingModulesAreNamed(String present, String missing) throws Exception {
    Files.writeString(
        distribution.script().resolveSibling("../lib/java-modules"),
        "java.base,java.sql,jdk.zipfs\n");
    Path runtime = folder.resolve("app/runtime");
    writeJdk(runtime, "JAVA_VERSION=\"25.0.3\"\nMODULES=\"%s\"\n".formatted(present));
    if (missing.equals("none")) {
      assertThat(started("--version")).contains("java " + runtime);
    } else {
      assertThat(refused())
          .startsWith(
              "jetfold: the Java in %s lacks modules that Jetfold needs: %s.\n"
                  .formatted(runtime, missing));
    }
  }

  private String refused() throws Exception {
    return started(Map.of(), "exec \"$@\"", ExitCode.FAILED, "--version");
  }

  @ParameterizedTest
  @CsvSource({
    "train jets.npz -o jets.jetm, true",
    "compress jets.npz --learn, true",
    "compress jets.npz --model jets.jetm, false",
    "decompress jets.jetf, false"
  })
  void memoryIsKeptWhereSomethingTrains(String line, boolean trains) throws Exception {
    assertThat(started(line.split(" ", -1)))
        .contains(trains ? "keeps 1073741824" : "keeps what the system says");
  }

  /** What java prints of its vector module is lost, and what the program prints is not. */
  @Test
  void standardErrorIsKeptForTheProgram() throws Exception {
    assertThat(started("bench", "ae.jetm")).contains("-Djetfold.stderr=3\n");
    assertThat(started("inspect", "ae.jetm")).doesNotContain("jetfold.stderr");
  }

  /** Whether a file needs a network stands in its header. */
  @Tag("slow")
  @Test
  void filesTellWhetherTheyHoldModels() throws Exception {
    Path table = folder.resolve("jets.npz");
    Path model = folder.resolve("jets.jetm");
    Path learned = folder.resolve("learned.jetf");
    Path plain = folder.resolve("plain.jetf");
    Tables.write(Tables.events(100, 1), table);
    CommandRun.fine("train", table, "-o", model, "--precision", "*=bits:7", "--steps", "2", "-q");
    CommandRun.fine("compress", table, "--model", model, "-o", learned);
    CommandRun.fine("compress", table, "-o", plain);
    assertThat(started("decompress", learned.toString())).contains(VECTORS);
    assertThat(started("verify", learned.toString(), table.toString())).contains(VECTORS);
    assertThat(started("decompress", plain.toString())).doesNotContain(VECTORS);
    assertThat(started("verify", plain.toString(), table.toString())).doesNotContain(VECTORS);
  }

  /** Without a locale, java would not find a file whose name has letters beyond ASCII. */
  @ParameterizedTest
  @CsvSource({"C, C.UTF-8, true", "POSIX, C.UTF-8, true", "de_DE.UTF-8, de_DE.UTF-8, false"})
  void namesAreUtf8InBatchJobs(String locale, String seen, boolean told) throws Exception {
    String said = started(Map.of("LC_ALL", locale), "exec \"$@\"", 0, "--help");
    assertThat(said).contains("locale " + seen + "\n");
    assertThat(said.contains("-Dsun.jnu.encoding=UTF-8")).isEqualTo(told);
  }

  @Test
  void temporaryFilesGoWhereTheUserWantsThem() throws Exception {
    Path scratch = Files.createDirectories(folder.resolve("a b"));
    assertThat(started(Map.of("TMPDIR", scratch.toString()), "exec \"$@\"", 0, "--help"))
        .contains("-Djava.io.tmpdir=" + scratch + "/jetfold-");
    assertThat(started(Map.of("TMPDIR", "/no/a b"), "exec \"$@\"", 0, "--help"))
        .contains("-Djava.io.tmpdir=/no/a b\n");
  }

  /** In kB: half of it for the heap, and the rest in proportion. */
  @Test
  void limitedAddressSpaceIsShared() throws Exception {
    assertThat(started(Map.of(), "ulimit -v 4000000 && exec \"$@\"", 0, "--help"))
        .contains("-Xmx1953m\n-XX:CompressedClassSpaceSize=128m\n-XX:ReservedCodeCacheSize=138m\n");
    assertThat(started("--help")).doesNotContain("-Xmx");
  }

  @Test
  void javaThatDoesNotStartIsNoAnswer() throws Exception {
    Map<String, String> options = Map.of("JETFOLD_JAVA_OPTS", "-Xdoes-not-start");
    assertThat(started(options, "exec \"$@\"", 3, "--help"))
        .contains("java does not start: ", "; check JETFOLD_JAVA_OPTS")
        .hasLineCount(1);
  }

  /** The whole program, as a batch job starts it. */
  @Tag("slow")
  @Test
  void runsWithoutLocaleInLittleAddressSpace() throws Exception {
    Map<String, String> environment = new HashMap<>(distribution.program("C"));
    Path table = Tables.write(Tables.flat(100, 1), folder.resolve("plain.npz"));
    environment.put("PLAIN", table.toString());
    String shell = "ulimit -v 4000000 && cp \"$PLAIN\" \"$(eval echo \\${$#})\" && exec \"$@\"";
    assertThat(started(environment, shell, 0, "compress", folder + "/j\u00e4ts.npz"))
        .contains("100 rows");
    assertThat(Checkout.names(distribution.temporary())).isEmpty();
  }

  /**
   * A model needs a network, and that Java's vector module, of which java warns by itself. The demo
   * has a test of its own. Of the formats Parquet is the one with a native library.
   */
  @Tag("slow")
  @Test
  void everyCommandRunsInLittleAddressSpace() throws Exception {
    Map<String, String> environment = distribution.program("C");
    String limited = "ulimit -v 4000000 && cd '%s' && exec \"$@\"".formatted(folder);
    Checkout.someOfTheSample(folder.resolve("jets.npz"));
    Files.copy(Sample.model(), folder.resolve("jets.jetm"));
    Path autoencoder = RandomAutoencoder.write(folder.resolve("ae.jetm"), EnergyUnit.MEV);
    for (String line :
        List.of(
            "list jets.npz",
            "compress jets.npz --model jets.jetm",
            "inspect jets.jetf jets.jetm",
            "verify jets.jetf jets.npz -q",
            "compress jets.npz --precision *=bits:10 -o plain.jetf",
            "decompress plain.jetf -o jets.parquet",
            "evaluate jets.npz plain.jetf -q --require response<1",
            "study double-quantization jets.npz",
            "export " + autoencoder.getFileName() + " -o e.onnx")) {
      assertThat(started(environment, limited, 0, line.split(" ", -1)))
          .as(line)
          .doesNotContain("incubator");
    }
    assertThat(started(environment, limited, 3, "bench", "missing.jetm"))
        .isEqualTo("jetfold: missing.jetm: there is no such file\n");
  }

  /** Temporary files of a process that was killed are removed by the next, and no others. */
  @Tag("slow")
  @Test
  void leftoversOfKilledRunsAreRemoved() throws Exception {
    Map<String, String> environment = distribution.program("C.UTF-8");
    Path temporary = distribution.temporary();
    Path killed = Files.createDirectories(temporary.resolve("jetfold-abcdefgh"));
    Files.createFile(killed.resolve("lock"));
    Files.createFile(killed.resolve("libduckdb_java1.so"));
    Path starting = Files.createDirectories(temporary.resolve("jetfold-ijklmnop"));
    Path running = Files.createDirectories(temporary.resolve("jetfold-qrstuvwx"));
    Path others = Files.createDirectories(temporary.resolve("jetfold-of-somebody-else"));
    try (FileChannel lock =
        FileChannel.open(
            running.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(lock.tryLock()).isNotNull();
      String said = started(environment, "exec \"$@\"", 0, "--version");
      assertThat(said).startsWith("jetfold ");
    }
    assertThat(Checkout.names(temporary))
        .containsExactlyInAnyOrder(
            starting.getFileName().toString(),
            running.getFileName().toString(),
            others.getFileName().toString());
    assertThat(killed).doesNotExist();
  }
}
