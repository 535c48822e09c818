package org.jetfold.tables.hdf5;

import io.jhdf.exceptions.HdfException;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.filter.FilterManager;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jetfold.codec.table.UnreadableTableException;

/**
 * What a dataset's chunks went through when they were written, and how to undo it. jHDF neither
 * checks Fletcher32 nor knows which filters a chunk was written without, and takes any length; the
 * common filters are therefore ours.
 */
final class ChunkFilters {
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER32 = 3;
  private static final int LZF = 32000;

  private final List<FilterInfo> filters;

  /**
   * Some filters, in the order in which they were applied.
   *
   * @throws UnsupportedHdfException where one is not known; its message is the end of a sentence
   *     about the dataset
   */
  ChunkFilters(List<FilterInfo> filters) {
    this.filters = List.copyOf(filters);
    for (FilterInfo filter : filters) {
      try {
        FilterManager.getPipeline(List.of(filter));
      } catch (HdfException ignored) {
        throw new UnsupportedHdfException(
            "it is stored with the filter %s, which is not read: store it with gzip or lzf"
                .formatted(name(filter)));
      }
    }
  }

  private static String name(FilterInfo filter) {
    return switch (filter.getId()) {
      case 4 -> "szip";
      case 5 -> "nbit";
      case 6 -> "scaleoffset";
      default -> {
        String told = filter.getName();
        yield told == null || told.isBlank() ? "number " + filter.getId() : told;
      }
    };
  }

  /**
   * The bytes of a chunk as they were before the filters.
   *
   * @param skipped a bit for each filter that was not applied to this chunk
   * @param size how many bytes a chunk has
   * @param what the dataset and the chunk, for messages
   */
  byte[] decode(byte[] stored, int skipped, int size, String what) throws IOException {
    byte[] bytes = stored;
    for (int i = filters.size() - 1; i >= 0; i--) {
      if ((skipped >>> i & 1) == 0) {
        bytes = decode(filters.get(i), bytes, size, what);
      }
    }
    if (bytes.length != size) {
      throw damaged(what, "it has %d bytes instead of %d".formatted(bytes.length, size));
    }
    return bytes;
  }

  private static byte[] decode(FilterInfo filter, byte[] bytes, int size, String what)
      throws IOException {
    return switch (filter.getId()) {
      case DEFLATE -> inflated(bytes, size, what);
      case SHUFFLE -> unshuffled(bytes, filter.getData().length == 0 ? 1 : filter.getData()[0]);
      case FLETCHER32 -> checked(bytes, what);
      case LZF -> expanded(bytes, size, what);
      default -> {
        try {
          yield FilterManager.getPipeline(List.of(filter)).decode(bytes);
        } catch (RuntimeException e) {
          throw damaged(what, "the filter %s cannot be undone".formatted(name(filter)));
        }
      }
    };
  }

  private static byte[] inflated(byte[] bytes, int size, String what) throws IOException {
    // Another filter's few bytes may be behind the chunk's own.
    byte[] target = new byte[size + Fletcher32.BYTES];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(bytes);
      int length = 0;
      while (length < target.length && !inflater.finished()) {
        int more = inflater.inflate(target, length, target.length - length);
        if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw damaged(what, "its compressed data ends early");
        }
        length += more;
      }
      return Arrays.copyOf(target, length);
    } catch (DataFormatException e) {
      throw damaged(what, "its compressed data is not what zlib writes");
    } finally {
      inflater.end();
    }
  }

  /** Undoes LZF: runs of bytes, and copies of what came up to 8,192 bytes before. */
  private static byte[] expanded(byte[] bytes, int size, String what) throws IOException {
    byte[] target = new byte[size];
    int at = 0;
    int to = 0;
    try {
      while (at < bytes.length) {
        int control = bytes[at++] & 0xFF;
        if (control < 32) {
          System.arraycopy(bytes, at, target, to, control + 1);
          at += control + 1;
          to += control + 1;
          continue;
        }
        int length = (control >> 5) + 2;
        if (length == 9) {
          length += bytes[at++] & 0xFF;
        }
        int from = to - 1 - ((control & 31) << 8 | (bytes[at++] & 0xFF));
        // Byte by byte: a copy may overlap what it makes.
        for (int i = 0; i < length; i++) {
          target[to++] = target[from++];
        }
      }
    } catch (IndexOutOfBoundsException ignored) {
      throw damaged(what, "its compressed data is not what LZF writes");
    }
    return Arrays.copyOf(target, to);
  }

  private static byte[] unshuffled(byte[] bytes, int elementBytes) {
    int elements = elementBytes <= 1 ? 0 : bytes.length / elementBytes;
    byte[] target = bytes.clone();
    for (int i = 0; i < elements; i++) {
      for (int j = 0; j < elementBytes; j++) {
        target[i * elementBytes + j] = bytes[j * elements + i];
      }
    }
    return target;
  }

  private static byte[] checked(byte[] bytes, String what) throws IOException {
    int length = bytes.length - Fletcher32.BYTES;
    if (length < 0) {
      throw damaged(what, "it is too short for its checksum");
    }
    int expected = Fletcher32.behind(bytes);
    int found = Fletcher32.of(bytes, length);
    // HDF5 before 1.6.3 summed little-endian words on little-endian machines.
    int swapped = (found & 0x00FF00FF) << 8 | (found >>> 8 & 0x00FF00FF);
    if (expected != found && expected != swapped) {
      throw damaged(
          what,
          String.format(Locale.ROOT, "its Fletcher32 is %08x instead of %08x", found, expected));
    }
    return Arrays.copyOf(bytes, length);
  }

  private static UnreadableTableException damaged(String what, String reason) {
    return new UnreadableTableException(
        "%s is damaged: %s; get the file again".formatted(what, reason));
  }
}
