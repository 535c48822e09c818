package org.jetfold.codec.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jetfold.codec.Compressor;
import org.jetfold.testing.OtherJvm;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a JVM is told about vectors, multiply-adds and threads, it writes the same bytes. */
@Tag("slow")
class JvmDeterminismTest {
  private static final String VECTORS = OtherJvm.VECTORS + " ";

  /** Of the JVM that all are compared with. */
  private static List<String> expected = List.of();

  /**
   * Flags of a JVM, and after a bar the number of threads. Processors between the oldest and this
   * one have vectors of sizes that other lines have: {@code -Djetfold.exhaustive=true} takes them.
   */
  static Stream<String> jvms() {
    Stream<String> usual =
        Stream.of(
            VECTORS + "-XX:MaxVectorSize=16|1",
            VECTORS + "-XX:MaxVectorSize=32|2",
            VECTORS + "-XX:UseAVX=3 -XX:MaxVectorSize=64|4",
            VECTORS + "-XX:UseAVX=0|1",
            VECTORS + "-XX:-UseFMA|2",
            VECTORS + "-XX:TieredStopAtLevel=1|1",
            VECTORS + "-Xint|2",
            "|4");
    return Boolean.getBoolean("jetfold.exhaustive")
        ? Stream.concat(usual, Stream.of(VECTORS + "-XX:UseAVX=1|1", VECTORS + "-XX:UseAVX=2|1"))
        : usual;
  }

  private static OtherJvm.Run run(String jvm) throws IOException, InterruptedException {
    String[] parts = jvm.split("\\|", 2);
    List<String> flags =
        Stream.of(parts[0].split(" ", -1)).filter(flag -> !flag.isEmpty()).toList();
    return OtherJvm.run(flags, FixedLearnedFile.class, List.of(Compressor.class), parts[1]);
  }

  @BeforeAll
  static void withVectorsAsTheyAre() throws Exception {
    OtherJvm.Run run = run(VECTORS + "|1");
    assertThat(run.exit()).as(run.output()).isZero();
    expected = run.lines(FixedLearnedFile.HASH);
    // The same streams from every kernel, so one line is left of theirs.
    assertThat(expected).as(run.output()).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void everyJvmWritesAndReadsTheSame(String jvm) throws Exception {
    OtherJvm.Run run = run(jvm);
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
