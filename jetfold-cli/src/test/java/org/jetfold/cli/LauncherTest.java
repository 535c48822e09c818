package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
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

  @BeforeEach
  void writeDistribution() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")), "no /usr/bin/env here");
    Path script = folder.resolve("app/bin/jetfold");
    Files.createDirectories(script.getParent());
    Files.createDirectories(folder.resolve("app/lib"));
    Files.copy(Path.of("..", "jetfold"), script);
    Files.copy(Path.of("..", "bin", "jdk.sh"), script.resolveSibling("jdk.sh"));
    Path java = folder.resolve("jdk/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    Files.writeString(
        java,
        """
        #!/usr/bin/env bash
        printf '%s\\n' "$@"
        echo "keeps ${MALLOC_TRIM_THRESHOLD_-what the system says}"
        echo "locale ${LC_ALL-none}"
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
            List.of(
                "bash", "-c", shell, "bash", "bash", folder.resolve("app/bin/jetfold").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().remove("MALLOC_TRIM_THRESHOLD_");
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
    assertThat(started(Map.of("TMPDIR", "/scratch/a b"), "exec \"$@\"", 0, "--help"))
        .contains("-Djava.io.tmpdir=/scratch/a b\n");
  }

  /** In kB: half of it for the heap, and the rest in proportion. */
  @Test
  void limitedAddressSpaceIsShared() throws Exception {
    assertThat(started(Map.of(), "ulimit -v 4000000 && exec \"$@\"", 0, "--help"))
        .contains("-Xmx1953m\n-XX:CompressedClassSpaceSize=138m\n-XX:ReservedCodeCacheSize=138m\n");
    assertThat(started("--help")).doesNotContain("-Xmx");
  }

  @Test
  void javaThatDoesNotStartIsNoAnswer() throws Exception {
    Map<String, String> options = Map.of("JETFOLD_JAVA_OPTS", "-Xdoes-not-start");
    assertThat(started(options, "exec \"$@\"", 3, "--help")).contains("java does not start: ");
  }

  /** The whole program, as a batch job starts it. */
  @Test
  void runsWithoutLocaleInLittleAddressSpace() throws Exception {
    Path lib = folder.resolve("app/lib");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Arrays.stream(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
    new JarOutputStream(Files.newOutputStream(lib.resolve("all.jar")), manifest).close();
    Path table = Tables.write(Tables.flat(100, 1), folder.resolve("plain.npz"));
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME", System.getProperty("java.home"), "LC_ALL", "C", "PLAIN", table.toString());
    String shell = "ulimit -v 4000000 && cp \"$PLAIN\" \"$(eval echo \\${$#})\" && exec \"$@\"";
    assertThat(started(environment, shell, 0, "compress", folder + "/j\u00e4ts.npz"))
        .contains("100 rows");
  }
}
