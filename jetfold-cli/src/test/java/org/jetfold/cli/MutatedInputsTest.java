package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.tables.TableFormats;
import org.jetfold.tables.format.TableFormat;
import org.jetfold.tables.format.TableUsageException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Changes bytes of inputs of every format: each command that reads them succeeds, or says in a line
 * what is wrong with them. As many as one likes:
 *
 * <pre>
 * ./mvnw -pl jetfold-cli -am test -Dtest=MutatedInputsTest -Dsurefire.failIfNoSpecifiedTests=false
 *     -Djetfold.mutations=100000 -Djetfold.seed=1
 * </pre>
 *
 * <p>The seed of a failure makes the same mutation again, as the only one.
 */
@Tag("slow")
final class MutatedInputsTest {
  private static final int MUTATIONS = Integer.getInteger("jetfold.mutations", 12);
  private static final long FIRST_SEED = Long.getLong("jetfold.seed", 1);

  /** Of processors, as other programs may be at work. */
  private static final long MAX_NANOSECONDS = 10_000_000_000L;

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final int MAX_CHANGES = 6;

  /** Where the bytes that a model's checksum is about begin, behind the checksum. */
  private static final int MODEL_BODY = 14;

  /** What no damage explains. */
  private static final Pattern NO_REASON =
      Pattern.compile(
          "internal error|should not happen|not enough memory|too deeply|\\bnull\\b"
              + "|[\\p{Cc}&&[^\\n]]");

  private static final String READ = "read";
  private static final String REFUSED = "refused";

  @TempDir private Path folder;

  static Stream<String> endings() {
    return Stream.concat(TableFormats.all().stream().map(TableFormat::ending), Stream.of(".jetm"));
  }

  @ParameterizedTest
  @MethodSource("endings")
  void everyCommandReadsThemOrSaysWhatIsWrong(String ending) throws IOException {
    byte[] whole = Files.readAllBytes(whole(ending));
    Path file = folder.resolve("changed" + ending);
    TreeMap<String, Integer> results = new TreeMap<>();
    for (long seed = FIRST_SEED; seed < FIRST_SEED + MUTATIONS; seed++) {
      byte[] bytes = changed(whole.clone(), new Random(seed));
      if (ending.equals(".jetm")) {
        mend(bytes);
      }
      Files.write(file, bytes);
      for (List<Object> command : commands(ending, file)) {
        String result = result(command);
        if (results.merge(result, 1, Integer::sum) == 1) {
          System.out.println("seed " + seed + ": " + result);
        }
      }
    }
    System.out.println(ending + ": " + results);
    assertThat(results.keySet()).isSubsetOf(READ, REFUSED);
  }

  private static String result(List<Object> command) {
    long start = PROCESS.getProcessCpuTime();
    CommandRun run = CommandRun.of(command.toArray());
    String result = run.exitCode() == ExitCode.OK ? READ : REFUSED;
    if (NO_REASON.matcher(run.err()).find()
        || run.exitCode() > ExitCode.FAILED
        || (!result.equals(READ) && run.err().isBlank() && run.out().length == 0)) {
      result = "exit code " + run.exitCode() + ": " + run.err().strip();
    }
    return PROCESS.getProcessCpuTime() - start > MAX_NANOSECONDS
        ? "slow: " + command.getFirst() + ", " + result
        : result;
  }

  private Path whole(String ending) throws IOException {
    Path events = Tables.write(Tables.events(30, 1), folder.resolve("events.npz"));
    Path file = folder.resolve("whole" + ending);
    if (ending.equals(".jetm")) {
      return RandomAutoencoder.write(file, EnergyUnit.MEV);
    }
    if (ending.equals(".jetf")) {
      CommandRun.fine("compress", events, "--precision", "*=bits:7", "-o", file);
      return file;
    }
    try {
      return Tables.write(Tables.events(30, 1), file);
    } catch (TableUsageException _) {
      return Tables.write(Tables.flat(90, 1), file);
    }
  }

  private List<List<Object>> commands(String ending, Path file) {
    List<List<Object>> commands = new ArrayList<>();
    commands.add(List.of("inspect", file));
    Path out = folder.resolve("out.jetf");
    switch (ending) {
      case ".jetm" ->
          commands.add(
              List.of("compress", folder.resolve("events.npz"), "--model", file, "-o", out, "-f"));
      case ".jetf" -> {
        commands.add(List.of("verify", file));
        commands.add(List.of("decompress", file, "-o", folder.resolve("out.csv"), "-f"));
        commands.add(
            List.of("decompress", "--recover", file, "-o", folder.resolve("out.npz"), "-f"));
      }
      default -> {
        commands.add(List.of("compress", file, "-o", out, "-f"));
        if (ending.equals(".root")) {
          commands.add(List.of("list", "--check", file));
        }
      }
    }
    return commands;
  }

  private static byte[] changed(byte[] whole, Random random) {
    byte[] bytes = whole;
    for (int changes = 1 + random.nextInt(MAX_CHANGES);
        changes > 0 && bytes.length > 0;
        changes--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(7)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) -random.nextInt(2));
        case 3 -> {
          int from = random.nextInt(bytes.length);
          int length = Math.min(random.nextInt(32), bytes.length - Math.max(from, at));
          System.arraycopy(bytes, from, bytes, at, length);
        }
        case 4 -> changeNumber(bytes, at, random);
        case 5 -> bytes = random.nextInt(8) == 0 ? Arrays.copyOf(bytes, at) : bytes;
        default -> bytes = random.nextInt(3) == 0 ? spliced(bytes, at, random) : bytes;
      }
    }
    return bytes;
  }

  /** Makes a number at an index, such as a length, a little or much too large or too small. */
  private static void changeNumber(byte[] bytes, int at, Random random) {
    ByteBuffer numbers =
        ByteBuffer.wrap(bytes)
            .order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int size = 1 << random.nextInt(1, 4);
    if (at + size > bytes.length) {
      return;
    }
    long old =
        switch (size) {
          case Short.BYTES -> numbers.getShort(at);
          case Integer.BYTES -> numbers.getInt(at);
          default -> numbers.getLong(at);
        };
    long changed =
        switch (random.nextInt(5)) {
          case 0 -> old + random.nextInt(-2, 3);
          case 1 -> bytes.length + random.nextInt(-8, 9);
          case 2 -> 1L << random.nextInt(Byte.SIZE * size);
          case 3 -> -old;
          default -> 2 * old;
        };
    switch (size) {
      case Short.BYTES -> numbers.putShort(at, (short) changed);
      case Integer.BYTES -> numbers.putInt(at, (int) changed);
      default -> numbers.putLong(at, changed);
    }
  }

  /** Puts bytes of one place, perhaps none, in place of those at an index, perhaps none. */
  private static byte[] spliced(byte[] bytes, int at, Random random) {
    int from = random.nextInt(bytes.length);
    int added = Math.min(random.nextInt(200), bytes.length - from);
    int end = Math.min(bytes.length, at + (random.nextBoolean() ? 0 : random.nextInt(200)));
    return ByteBuffer.allocate(bytes.length - (end - at) + added)
        .put(bytes, 0, at)
        .put(bytes, from, added)
        .put(bytes, end, bytes.length - end)
        .array();
  }

  /** Models have a checksum of their own, which would refuse every change. */
  private static void mend(byte[] model) {
    if (model.length > MODEL_BODY) {
      CRC32C crc = new CRC32C();
      crc.update(model, MODEL_BODY, model.length - MODEL_BODY);
      ByteBuffer.wrap(model)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(MODEL_BODY - Integer.BYTES, (int) crc.getValue());
    }
  }
}
