package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed at any moment leaves the old file, or the new one, or none: never a
 * part.
 */
@Tag("slow")
final class CrashTest {
  private static final int REPEATS = Integer.getInteger("jetfold.kills", 4);

  @TempDir Path folder;

  @Tag("slow")
  @Test
  void killedAtRandomMoments() throws IOException, InterruptedException {
    Path jets = Checkout.someOfTheSample(folder.resolve("jets.npz"), 1500);
    Path whole = folder.resolve("whole.jetf");
    long start = System.nanoTime();
    assertThat(new ChildProcess().run("compress", jets, "-q", "-o", whole)).isZero();
    long duration = System.nanoTime() - start;
    byte[] complete = Files.readAllBytes(whole);

    Path target = folder.resolve("target.jetf");
    SplittableRandom random = new SplittableRandom(1);
    int unfinished = 0;
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      boolean replacing = repeat % 2 == 0;
      Files.deleteIfExists(target);
      if (replacing) {
        Files.writeString(target, "the old file");
      }
      Process process = new ChildProcess().start("compress", jets, "-q", "-f", "-o", target);
      // Most of the interesting moments are in the second half, when the virtual machine is up.
      boolean ended =
          process.waitFor(
              (long) (duration * (0.3 + 0.8 * random.nextDouble())), TimeUnit.NANOSECONDS);
      process.destroyForcibly().waitFor();
      unfinished += ended ? 0 : 1;
      if (Files.exists(target)) {
        byte[] found = Files.readAllBytes(target);
        if (!new String(found, 0, Math.min(3, found.length), StandardCharsets.US_ASCII)
            .equals("the")) {
          assertThat(found).isEqualTo(complete);
        } else {
          assertThat(target).hasContent("the old file");
        }
      } else {
        assertThat(replacing).as("a file was there").isFalse();
      }
    }
    assertThat(unfinished).as("kills that found a process at work").isPositive();
  }

  /** DuckDB unpacks its library, and a name that is a pattern to it gets a link. */
  @Test
  void whatAKilledReaderOfParquetLeavesTheNextOneRemoves()
      throws IOException, InterruptedException {
    Path input = Tables.write(Tables.flat(80_000, 1), folder.resolve("a[b].parquet"));
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    String option = "-Djava.io.tmpdir=" + temporary;
    Process process = new ChildProcess().options(option).start("compress", input, "-o", "-");
    // Nobody reads on, so it waits.
    assertThat(process.getInputStream().read()).isNotNegative();
    process.destroyForcibly().waitFor();
    assertThat(names(temporary)).singleElement().asString().startsWith(".jetfold-");
    Path output = folder.resolve("whole.jetf");
    assertThat(new ChildProcess().options(option).run("compress", input, "-o", output)).isZero();
    assertThat(names(temporary)).isEmpty();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
    }
  }

  @Test
  void interruptedProcessTakesItsTemporaryFileAway() throws IOException, InterruptedException {
    Path errors = folder.resolveSibling(folder.getFileName() + "-errors.txt");
    Path target = folder.resolve("target.jetf");
    // Interpreted, it takes long enough.
    Process process =
        new ChildProcess()
            .options("-Xint")
            .errors(errors)
            .start("compress", Checkout.sample(), "-q", "-T", "2", "-o", target);
    while (Checkout.names(folder).isEmpty() && process.isAlive()) {
      Thread.sleep(10);
    }
    List<String> during = Checkout.names(folder);
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(errors);
    Files.delete(errors);
    assertThat(said).isEqualTo("jetfold: stopped; no unfinished file is left\n");
    assertThat(during).singleElement().asString().endsWith(".tmp");
    assertThat(Checkout.names(folder)).isEmpty();
  }
}
