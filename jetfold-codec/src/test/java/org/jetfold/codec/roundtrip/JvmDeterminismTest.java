package org.jetfold.codec.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jetfold.codec.Compressor;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a JVM is told about vectors, multiply-adds and threads, it writes the same bytes. */
@Tag("slow")
class JvmDeterminismTest {
  private static final String VECTORS = "--add-modules=jdk.incubator.vector ";

  /** Of the JVM that all are compared with. */
  private static List<String> expected = List.of();

  /** Flags of a JVM, and after a bar the number of threads. */
  static Stream<String> jvms() {
    return Stream.of(
        VECTORS + "-XX:MaxVectorSize=16|1",
        VECTORS + "-XX:MaxVectorSize=32|2",
        VECTORS + "-XX:UseAVX=3 -XX:MaxVectorSize=64|4",
        VECTORS + "-XX:UseAVX=0|1",
        VECTORS + "-XX:UseAVX=1|1",
        VECTORS + "-XX:UseAVX=2|1",
        VECTORS + "-XX:-UseFMA|2",
        VECTORS + "-XX:TieredStopAtLevel=1|1",
        VECTORS + "-Xint|2",
        "|4");
  }

  private record Run(int exit, String output) {
    List<String> lines(String beginning) {
      return output.lines().filter(line -> line.startsWith(beginning)).distinct().toList();
    }

    boolean isRefused() {
      return output.contains("Unrecognized VM option")
          || output.contains("not supported")
          || output.contains("on this platform");
    }
  }

  private static Run run(String jvm) throws IOException, InterruptedException {
    String[] parts = jvm.split("\\|", 2);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : parts[0].split(" ", -1)) {
      if (!flag.isEmpty()) {
        command.add(flag);
      }
    }
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-cp", classPath()));
    command.addAll(List.of(FixedLearnedFile.class.getName(), parts[1]));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  private static String classPath() {
    return place(FixedLearnedFile.class) + File.pathSeparator + place(Compressor.class);
  }

  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  static void withVectorsAsTheyAre() throws Exception {
    Run run = run(VECTORS + "|1");
    assertThat(run.exit()).as(run.output()).isZero();
    expected = run.lines(FixedLearnedFile.HASH);
    // The same streams from every kernel, so one line is left of theirs.
    assertThat(expected).as(run.output()).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void everyJvmWritesAndReadsTheSame(String jvm) throws Exception {
    Run run = run(jvm);
    Assumptions.assumeFalse(run.isRefused(), () -> "not in this JVM: " + run.output());
    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(run.lines(FixedLearnedFile.HASH)).as(run.output()).isEqualTo(expected);
    // What is compared must be what the flags ask for.
    List<String> kernel = run.lines(FixedLearnedFile.KERNEL);
    if (jvm.contains("-UseFMA")) {
      assertThat(kernel).containsExactly("kernel scalar without hardware FMA");
    } else if (jvm.contains("MaxVectorSize=")) {
      int size = Integer.parseInt(jvm.replaceFirst(".*MaxVectorSize=(\\d+).*", "$1"));
      assertThat(kernel).containsExactly("kernel " + 8 * size + "-bit vectors");
    } else if (!jvm.contains(VECTORS) || jvm.matches(".*(-Xint|TieredStopAtLevel=1).*")) {
      assertThat(kernel.getFirst()).startsWith("kernel scalar");
    }
  }
}
