package org.jetfold.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.SinkOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job on a real cluster, of which something fails, makes what one machine makes. */
@Tag("slow")
class ClusterTest {
  private static final int FILES = 8;
  private static final int EVENTS = 60_000;
  private static final String PRECISION = "pt=rel:0.004:dither,eta=bits:7";
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  @TempDir private Path folder;
  private final List<ProcessHandle> workers = new ArrayList<>();
  private Process cluster;
  private Path home;
  private String master;

  @BeforeEach
  void start() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    Path jars = Files.createDirectory(home.resolve("jars"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry).toAbsolutePath();
      if (entry.endsWith(".jar") && !Files.exists(jars.resolve(jar.getFileName()))) {
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
      }
    }
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    master = "spark://127.0.0.1:" + port;
    Path script =
        Path.of(System.getProperty("jetfold.root"), "jetfold-spark/src/test/scripts/cluster.sh");
    ProcessBuilder builder =
        new ProcessBuilder(
            script.toString(),
            home.toString(),
            String.valueOf(port),
            folder.resolve("cluster").toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    cluster = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader told = cluster.inputReader(StandardCharsets.UTF_8);
    for (int worker = 0; worker < 2; worker++) {
      long pid = Long.parseLong(told.readLine().substring("worker ".length()));
      workers.add(ProcessHandle.of(pid).orElseThrow());
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    workers.stream().flatMap(ProcessHandle::descendants).forEach(ProcessHandle::destroyForcibly);
    cluster.destroy();
    if (!cluster.waitFor(20, TimeUnit.SECONDS)) {
      cluster.descendants().forEach(ProcessHandle::destroyForcibly);
      cluster.destroyForcibly();
    }
  }

  /** Starts a program with Spark's own launcher. */
  private Process submit(List<String> settings, String... arguments) throws IOException {
    String classes =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.endsWith(".jar"))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .reduce((a, b) -> a + File.pathSeparator + b)
            .orElseThrow();
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                home + "/jars/*" + File.pathSeparator + classes,
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                master,
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.driver.bindAddress=127.0.0.1",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.executor.memory=700m",
                "--conf",
                "spark.executor.extraClassPath=" + classes));
    settings.forEach(setting -> command.addAll(List.of("--conf", setting)));
    command.addAll(List.of("--class", "org.jetfold.spark.program.JetfoldJob", "spark-internal"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("driver.log").toFile())
        .start();
  }

  @Test
  void jobWhoseWorkerIsKilledMakesTheBytesOfOneMachine() throws Exception {
    List<Path> files = writeFiles();

    Process job = submit(List.of(), compress());
    awaitAttempts(job, 2);
    ProcessHandle victim = workers.getFirst();
    List<ProcessHandle> executors = victim.descendants().toList();
    victim.destroyForcibly();
    executors.forEach(ProcessHandle::destroyForcibly);

    assertThat(executors).isNotEmpty();
    requireSuccess(job);
    requireBytesOfOneMachine(files);
  }

  /** The executor that hangs goes on when the job is done, and must change nothing. */
  @Test
  void hangingTasksAreDoneByOthers() throws Exception {
    List<Path> files = writeFiles();

    Process job =
        submit(
            List.of(
                "spark.speculation=true",
                "spark.speculation.interval=200ms",
                "spark.speculation.quantile=0.5"),
            compress());
    awaitAttempts(job, 2);
    List<ProcessHandle> executors = workers.getFirst().descendants().toList();
    signal("STOP", executors);
    try {
      assertThat(executors).isNotEmpty();
      requireSuccess(job);
      requireBytesOfOneMachine(files);
    } finally {
      signal("CONT", executors);
    }
    Thread.sleep(2000);
    requireBytesOfOneMachine(files);
  }

  private static void signal(String signal, List<ProcessHandle> processes) throws Exception {
    for (ProcessHandle process : processes) {
      new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
    }
  }

  /** What tasks leave on their disks for others is computed again. */
  @Test
  void evaluationSurvivesLostDisk() throws Exception {
    writeFiles();
    LocalSpark.session();
    String input = folder.resolve("input").toString();
    String target = folder.resolve("target").toString();
    Path expected = folder.resolve("expected.json");
    Path found = folder.resolve("found.json");
    assertThat(Programs.run(compress())).returns("", Programs::err);
    String[] evaluate = {
      "evaluate", input, target, "--jets", "jets", "--json", expected.toString()
    };
    assertThat(Programs.run(evaluate)).returns("", Programs::err);

    evaluate[6] = found.toString();
    // Spark keeps away from an executor on which tasks fail only where it is told to.
    Process job = submit(List.of("spark.excludeOnFailure.enabled=true"), evaluate);
    loseDisk(job, folder.resolve("cluster/disk1"));
    String log = ended(job);

    assertThat(log).as("tasks that lost something").contains("Lost task");
    assertThat(found).as(log).hasSameTextualContentAs(expected);
  }

  /** When tasks have left something on a disk, it is gone, and a file stands in its place. */
  private void loseDisk(Process job, Path disk) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && job.isAlive()) {
      List<Path> all;
      try (Stream<Path> files = Files.walk(disk)) {
        all = files.toList();
      } catch (UncheckedIOException e) {
        // Spark has removed a temporary file meanwhile.
        continue;
      }
      if (all.stream().anyMatch(file -> file.toString().endsWith(".data"))) {
        Files.move(disk, disk.resolveSibling("lost"));
        Files.createFile(disk);
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError("nothing was left on the disk: " + log());
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("driver.log"));
  }

  private String ended(Process job) throws Exception {
    boolean ended = job.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    String log = log();
    assertThat(ended).as(log).isTrue();
    return log;
  }

  private void requireSuccess(Process job) throws Exception {
    String log = ended(job);
    assertThat(job.exitValue()).as(log).isZero();
    assertThat(log).contains("%d files, %,d events or rows".formatted(FILES, FILES * EVENTS));
  }

  private String[] compress() {
    return new String[] {
      "compress",
      folder.resolve("input").toString(),
      folder.resolve("target").toString(),
      "--precision",
      PRECISION
    };
  }

  private List<Path> writeFiles() throws IOException {
    Path input = Files.createDirectory(folder.resolve("input"));
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      Path file = input.resolve("events%d.root".formatted(i));
      try (TableSource table = TableSource.of(EventTables.table(i, (long) i * EVENTS, EVENTS));
          TableSink sink =
              TableFiles.create(
                  file.toString(), null, EventTables.SCHEMA, new SinkOptions(false, _ -> {}))) {
        table.forEachPiece(sink::write);
        sink.finish();
      }
      files.add(file);
    }
    return files;
  }

  private void requireBytesOfOneMachine(List<Path> files) throws IOException {
    Path target = folder.resolve("target");
    assertThat(visible(target))
        .containsExactlyElementsOf(files.stream().map(ClusterTest::nameOfMade).sorted().toList());
    assertThat(hidden(folder)).isEmpty();
    for (Path file : files) {
      Path expected = folder.resolve("expected.jetf");
      try (TableSource table = TableFiles.open(file);
          Compressor compressor = new Compressor(1)) {
        compressor.compress(
            table, Compression.of(table.schema(), PrecisionRules.parse(PRECISION)), expected);
      }
      assertThat(target.resolve(nameOfMade(file))).hasSameBinaryContentAs(expected);
    }
  }

  private static String nameOfMade(Path file) {
    return file.getFileName().toString().replaceAll("\\..*", ".jetf");
  }

  /** Waits until tasks have begun so many files. */
  private void awaitAttempts(Process job, int files) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && job.isAlive()) {
      for (String name : hidden(folder)) {
        Path attempts = folder.resolve(name).resolve("attempts");
        if (Files.isDirectory(attempts) && visible(attempts).size() >= files) {
          return;
        }
      }
      Thread.sleep(20);
    }
    throw new AssertionError("no task has begun: " + log());
  }

  private static List<String> visible(Path folder) throws IOException {
    return names(folder).filter(name -> !name.startsWith(".")).sorted().toList();
  }

  private static List<String> hidden(Path folder) throws IOException {
    return names(folder).filter(name -> name.startsWith(".")).sorted().toList();
  }

  private static Stream<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
