package org.jetfold.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
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

/** A job on a real cluster, of which a worker is killed, makes what one machine makes. */
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
  private Process submit(String... arguments) throws IOException {
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
                "spark.executor.extraClassPath=" + classes,
                "--class",
                "org.jetfold.spark.program.JetfoldJob",
                "spark-internal"));
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
    Path input = Files.createDirectory(folder.resolve("input"));
    Path target = folder.resolve("target");
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

    Process job = submit("compress", input.toString(), target.toString(), "--precision", PRECISION);
    awaitAttempts(job, 2);
    ProcessHandle victim = workers.getFirst();
    List<ProcessHandle> executors = victim.descendants().toList();
    victim.destroyForcibly();
    executors.forEach(ProcessHandle::destroyForcibly);
    boolean ended = job.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    String log = Files.readString(folder.resolve("driver.log"));

    assertThat(executors).isNotEmpty();
    assertThat(ended).as(log).isTrue();
    assertThat(job.exitValue()).as(log).isZero();
    assertThat(log).contains("%d files, %,d events or rows".formatted(FILES, FILES * EVENTS));
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
    throw new AssertionError(
        "no task has begun: " + Files.readString(folder.resolve("driver.log")));
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
