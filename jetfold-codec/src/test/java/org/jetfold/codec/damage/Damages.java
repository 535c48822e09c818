package org.jetfold.codec.damage;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Random harm: what disks, networks, careless tools and jokers do to files. */
final class Damages {
  private final SplittableRandom random;

  Damages(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A damaged copy of a file. */
  byte[] next(Subject subject) {
    byte[] file = subject.file();
    return switch (random.nextInt(13)) {
      case 0, 1 -> flipped(file, 1);
      case 2 -> flipped(file, 2 + random.nextInt(20));
      case 3 -> overwritten(file, false);
      case 4 -> overwritten(file, true);
      case 5 -> Arrays.copyOf(file, random.nextInt(file.length));
      case 6 -> withoutRange(file);
      case 7 -> swapped(file);
      case 8 -> doubled(file);
      case 9 -> foreignBytes(subject);
      case 10 -> movedFrame(subject);
      case 11 -> foreignFrames(subject);
      default -> grown(file);
    };
  }

  private byte[] flipped(byte[] file, int bits) {
    byte[] damaged = file.clone();
    for (int i = 0; i < bits; i++) {
      int bit = random.nextInt(8 * file.length);
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
    }
    return damaged;
  }

  private int length(int most) {
    return 1 + random.nextInt(Math.min(most, random.nextBoolean() ? 8 : most));
  }

  private byte[] overwritten(byte[] file, boolean zeros) {
    byte[] damaged = file.clone();
    int from = random.nextInt(file.length);
    int to = from + length(file.length - from);
    for (int i = from; i < to; i++) {
      damaged[i] = zeros ? 0 : (byte) random.nextInt();
    }
    return damaged;
  }

  private byte[] withoutRange(byte[] file) {
    int from = random.nextInt(file.length);
    int to = from + length(file.length - from);
    return joined(Arrays.copyOf(file, from), Arrays.copyOfRange(file, to, file.length));
  }

  private byte[] swapped(byte[] file) {
    int[] cuts = random.ints(4, 0, file.length + 1).sorted().toArray();
    return joined(
        Arrays.copyOf(file, cuts[0]),
        Arrays.copyOfRange(file, cuts[2], cuts[3]),
        Arrays.copyOfRange(file, cuts[1], cuts[2]),
        Arrays.copyOfRange(file, cuts[0], cuts[1]),
        Arrays.copyOfRange(file, cuts[3], file.length));
  }

  private byte[] doubled(byte[] file) {
    int from = random.nextInt(file.length);
    int to = from + length(file.length - from);
    return joined(Arrays.copyOf(file, to), Arrays.copyOfRange(file, from, file.length));
  }

  private byte[] grown(byte[] file) {
    byte[] more = new byte[1 + random.nextInt(100)];
    random.nextBytes(more);
    int at = random.nextBoolean() ? file.length : random.nextInt(file.length);
    return joined(Arrays.copyOf(file, at), more, Arrays.copyOfRange(file, at, file.length));
  }

  /** Not the footer: a file with the footer of another is a part of that one. */
  private byte[] foreignBytes(Subject subject) {
    byte[] damaged = subject.file().clone();
    List<Integer> frames = subject.frames();
    int most = Math.min(frames.get(frames.size() - 2), subject.twin().length - 100);
    int from = random.nextInt(most);
    int length = length(most - from);
    System.arraycopy(subject.twin(), from, damaged, from, length);
    return damaged;
  }

  /** A frame is copied to the place of another one, or between two. */
  private byte[] movedFrame(Subject subject) {
    byte[] file = subject.file();
    List<Integer> frames = subject.frames();
    int moved = random.nextInt(frames.size() - 1);
    int at = random.nextInt(frames.size() - 1);
    int behind = random.nextBoolean() ? at : at + 1;
    return joined(
        Arrays.copyOf(file, frames.get(at)),
        Arrays.copyOfRange(file, frames.get(moved), frames.get(moved + 1)),
        Arrays.copyOfRange(file, frames.get(behind), file.length));
  }

  /** Some frames in a row are replaced by those of the file with the same header. */
  private byte[] foreignFrames(Subject subject) {
    byte[] file = subject.file();
    List<Integer> frames = subject.frames();
    List<Integer> others = Subject.frames(subject.twin());
    int most = Math.min(frames.size(), others.size()) - 2;
    int from = random.nextInt(most);
    int to = from + 1 + random.nextInt(most - from);
    return joined(
        Arrays.copyOf(file, frames.get(from)),
        Arrays.copyOfRange(subject.twin(), others.get(from), others.get(to)),
        Arrays.copyOfRange(file, frames.get(to), file.length));
  }

  private static byte[] joined(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] joined = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }
}
