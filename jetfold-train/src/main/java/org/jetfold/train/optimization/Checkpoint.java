package org.jetfold.train.optimization;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
      written.writeLong(checksum(body));
      written.write(body);
      written.flush();
      target.commit();
    }
  }

  private static long checksum(byte[] body) {
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
    byte[] bytes = Files.readAllBytes(file);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (bytes.length < 2 * Long.BYTES || in.readLong() != MAGIC) {
      throw new CheckpointException(
          "%s is not a checkpoint of this version of Jetfold: delete it to start from the beginning"
              .formatted(file));
    }
    long checksum = in.readLong();
    if (checksum != checksum(in.readAllBytes())) {
      throw new CheckpointException(
          "%s is damaged: delete it to start from the beginning".formatted(file));
    }
    in = new DataInputStream(new ByteArrayInputStream(bytes));
    in.skipNBytes(2 * Long.BYTES);
    long data = in.readLong();
    String settings = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    return new Checkpoint(
        data,
        settings,
        in.readInt(),
        in.readDouble(),
        in.readDouble(),
        in.readInt(),
        in.readDouble(),
        arrays(in),
        arrays(in),
        arrays(in),
        arrays(in));
  }

  private static float[][] arrays(DataInputStream in) throws IOException {
    float[][] arrays = new float[in.readInt()][];
    for (int a = 0; a < arrays.length; a++) {
      arrays[a] = new float[in.readInt()];
      for (int i = 0; i < arrays[a].length; i++) {
        arrays[a][i] = in.readFloat();
      }
    }
    return arrays;
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
