package org.jetfold.codec.damage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Damage is told, and never gives wrong values, another exception or a hang.
 *
 * <p>A million, as recorded in docs/benchmarks/damage.csv, in a small heap:
 *
 * <pre>
 * ./mvnw -pl jetfold-codec test -Dtest=DamageTest -Djetfold.damages=1000000 -Dtest.jvm.options=-Xmx96m
 * </pre>
 *
 * <p>leaves its line in target/damage.csv.
 */
@Tag("slow")
class DamageTest {
  private static final int DAMAGES = Integer.getInteger("jetfold.damages", 1_000);

  /** All prefixes of all files, and not only one in so many and those that end near a frame. */
  private static final boolean EXHAUSTIVE = Boolean.getBoolean("jetfold.exhaustive");

  private static final int SOME = 19;

  /** As many bytes as the fields around what a frame holds take. */
  private static final int FRAME_FIELDS = 21;

  @Test
  void prefixesAreRefusedAndGiveUpWhatTheyHold() throws IOException {
    DamageCheck check = new DamageCheck();
    for (Subject subject : Subject.all()) {
      for (int length = 0; length < subject.file().length; length++) {
        if (EXHAUSTIVE || length % SOME == 0 || isNearAFrame(subject, length)) {
          check.check(subject, Arrays.copyOf(subject.file(), length));
        }
      }
    }
  }

  private static boolean isNearAFrame(Subject subject, int length) {
    return subject.frames().stream().anyMatch(frame -> Math.abs(length - frame) <= FRAME_FIELDS);
  }

  @Test
  void randomDamageIsTold() throws IOException {
    List<Subject> subjects = Subject.all();
    DamageCheck check = new DamageCheck();
    long start = System.nanoTime();
    for (int i = 0; i < DAMAGES; i++) {
      Subject subject = subjects.get(i % subjects.size());
      byte[] file = new Damages(i).next(subject);
      try {
        check.check(subject, file);
      } catch (AssertionError e) {
        throw new AssertionError("damage " + i, e);
      }
    }
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    Path target = Path.of("target");
    if (Files.isDirectory(target)) {
      Files.writeString(
          target.resolve("damage.csv"),
          "damages,seconds,%s%n%d,%d,%s%n"
              .formatted(DamageCheck.COLUMNS, DAMAGES, seconds, check.counts()));
    }
  }
}
