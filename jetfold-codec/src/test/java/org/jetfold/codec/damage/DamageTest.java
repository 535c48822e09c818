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
  private static final int DAMAGES = Integer.getInteger("jetfold.damages", 12_000);

  @Test
  void everyPrefixIsRefusedAndGivesUpWhatItHolds() throws IOException {
    DamageCheck check = new DamageCheck();
    for (Subject subject : Subject.all()) {
      for (int length = 0; length < subject.file().length; length++) {
        check.check(subject, Arrays.copyOf(subject.file(), length));
      }
    }
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
