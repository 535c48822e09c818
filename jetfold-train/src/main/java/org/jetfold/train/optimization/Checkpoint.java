package org.jetfold.train.optimization;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jetfold.codec.file.AtomicFile;
import org.jetfold.train.CheckpointException;
import org.jetfold.train.UntrainableTableException;

/**
 * The state of a training, from which it can continue later.
 *
 * @param data a hash of the data
 * @param settings what else must be the same, a line "name value" each
 * @param steps steps so far
 * @param seconds time so far
 * @param bestLoss the lowest validation loss so far
 * @param worse how many validations in a row were above it
 * @param rateScale what the schedule's learning rate is multiplied by
 * @param weights the network's state
 * @param means the optimizer's first moments
 * @param squares the optimizer's second moments
 * @param best the weights that gave {@code bestLoss}
 */
record Checkpoint(
    long data,
    String settings,
    int steps,
    double seconds,
    double bestLoss,
    int worse,
    double rateScale,
    float[][] weights,
    float[][] means,
    float[][] squares,
    float[][] best) {
  /** How many differences a message names. */
  private static final int MAX_NAMED = 3;

  private static final long MAGIC = 0x4A45_544D_4350_3032L;

  /** No training has as many steps. */
  private static final int MAX_STEPS = 1 << 30;

  /** More than the largest network takes. */
  private static final long MAX_BYTES = 1L << 30;

  /** Writes the file, whole or not at all. */
  void write(Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(data);
    byte[] text = settings.getBytes(StandardCharsets.UTF_8);
    out.writeInt(text.length);
    out.write(text);
    out.writeInt(steps);
    out.writeDouble(seconds);
    out.writeDouble(bestLoss);
    out.writeInt(worse);
    out.writeDouble(rateScale);
    for (float[][] arrays : new float[][][] {weights, means, squares, best}) {
      out.writeInt(arrays.length);
      for (float[] array : arrays) {
        out.writeInt(array.length);
        for (float value : array) {
          out.writeFloat(value);
        }
      }
    }
    byte[] body = bytes.toByteArray();
    try (AtomicFile target = AtomicFile.create(file, /* overwrite= */ true)) {
      DataOutputStream written = new DataOutputStream(target.stream());
      written.writeLong(MAGIC);
      written.writeLong(checksum(ByteBuffer.wrap(body)));
      written.write(body);
      written.flush();
      target.commit();
    }
  }

  private static long checksum(ByteBuffer body) {
    CRC32C crc = new CRC32C();
    crc.update(body);
    return crc.getValue();
  }

  /**
   * Reads a file.
   *
   * @throws CheckpointException where it is not a checkpoint, or is damaged
   */
  static Checkpoint read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw notACheckpoint(file);
    }
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
    if (in.remaining() < 2 * Long.BYTES || in.getLong() != MAGIC) {
      throw notACheckpoint(file);
    }
    if (in.getLong() != checksum(in.slice())) {
      throw damaged(file);
    }
    try {
      Checkpoint read = parse(in);
      if (in.hasRemaining() || !read.isPossible()) {
        throw damaged(file);
      }
      return read;
    } catch (BufferUnderflowException ignored) {
      throw damaged(file);
    }
  }

  private static CheckpointException notACheckpoint(Path file) {
    return new CheckpointException(
        "%s is not a checkpoint of this version of Jetfold: delete it to start from the beginning"
            .formatted(file));
  }

  private static CheckpointException damaged(Path file) {
    return new CheckpointException(
        "%s is damaged: delete it to start from the beginning".formatted(file));
  }

  private static Checkpoint parse(ByteBuffer in) {
    long data = in.getLong();
    byte[] settings = new byte[count(in, 1)];
    in.get(settings);
    return new Checkpoint(
        data,
        new String(settings, StandardCharsets.UTF_8),
        in.getInt(),
        in.getDouble(),
        in.getDouble(),
        in.getInt(),
        in.getDouble(),
        arrays(in),
        arrays(in),
        arrays(in),
        arrays(in));
  }

  /** Reads how many things follow, each of so many bytes at least; they must be there. */
  private static int count(ByteBuffer in, int bytesEach) {
    int count = in.getInt();
    if (count < 0 || count > in.remaining() / bytesEach) {
      throw new BufferUnderflowException();
    }
    return count;
  }

  private static float[][] arrays(ByteBuffer in) {
    float[][] arrays = new float[count(in, Integer.BYTES)][];
    for (int a = 0; a < arrays.length; a++) {
      arrays[a] = new float[count(in, Float.BYTES)];
      in.asFloatBuffer().get(arrays[a]);
      in.position(in.position() + arrays[a].length * Float.BYTES);
    }
    return arrays;
  }

  /** Whether a training can have been in this state. */
  private boolean isPossible() {
    return steps >= 0
        && steps <= MAX_STEPS
        && worse >= 0
        && seconds >= 0
        && seconds < Double.POSITIVE_INFINITY
        && !Double.isNaN(bestLoss)
        && rateScale > 0
        && rateScale <= 1
        && areWithin(-Float.MAX_VALUE, weights, means, best)
        && areWithin(0, squares);
  }

  /** Whether all values are finite and not less than a minimum. */
  private static boolean areWithin(float minimum, float[][]... groups) {
    for (float[][] arrays : groups) {
      for (float[] array : arrays) {
        for (float value : array) {
          if (!(value >= minimum && value <= Float.MAX_VALUE)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /**
   * Checks that the arrays are those of a network.
   *
   * @param state arrays that define the network
   * @param moments the optimizer's for the network
   * @throws CheckpointException where they are not
   */
  void requireShapes(Path file, float[][] state, float[][] moments) {
    if (!isAlike(weights, state)
        || !isAlike(best, state)
        || !isAlike(means, moments)
        || !isAlike(squares, moments)) {
      throw damaged(file);
    }
  }

  private static boolean isAlike(float[][] arrays, float[][] others) {
    return Arrays.equals(arrays, others, Comparator.comparingInt(array -> array.length));
  }

  /**
   * Checks that a training with this data and these settings can continue here.
   *
   * @throws UntrainableTableException where it cannot; its message names the differences
   */
  void requireFits(Path file, long otherData, String otherSettings) {
    String why =
        !settings.equals(otherSettings)
            ? "other settings (%s)".formatted(differences(settings, otherSettings))
            : data != otherData ? "other data (values, columns, unit or normalization)" : "";
    if (!why.isEmpty()) {
      throw new UntrainableTableException(
          "%s is of a training with %s: delete it to start from the beginning"
              .formatted(file, why));
    }
  }

  private static String differences(String before, String now) {
    Map<String, String> old = byName(before);
    Map<String, String> other = byName(now);
    Set<String> names = new LinkedHashSet<>(old.keySet());
    names.addAll(other.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String was = old.getOrDefault(name, "none");
      String is = other.getOrDefault(name, "none");
      if (!was.equals(is)) {
        differences.add("%s %s, now %s".formatted(name, was, is));
      }
    }
    int named = differences.size() > MAX_NAMED ? MAX_NAMED - 1 : differences.size();
    String first = String.join("; ", differences.subList(0, named));
    return named == differences.size()
        ? first
        : "%s; and %d more".formatted(first, differences.size() - named);
  }

  private static Map<String, String> byName(String settings) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : settings.split("\n", -1)) {
      int end = line.indexOf(' ');
      values.put(end < 0 ? line : line.substring(0, end), line.substring(end + 1));
    }
    return values;
  }
}
