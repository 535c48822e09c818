package org.jetfold.tables.fuzz;

import io.jhdf.checksum.ChecksumUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Where a file has HDF5's checksums of metadata: behind what begins with a signature. With them
 * mended, a change reaches the parser behind. Other files have none.
 */
record Checksums(List<Integer> starts, List<Integer> ends) {
  private static final Set<String> SIGNATURES =
      Set.of(
          "OHDR",
          "OCHK",
          "FRHP",
          "FHDB",
          "FHIB",
          "BTHD",
          "BTIN",
          "BTLF",
          "FAHD",
          "FADB",
          "EAHD",
          "EAIB",
          "EASB",
          "EADB",
          "\u0089HDF");

  /** Longer parts are not looked for. */
  private static final int MAX_LENGTH = 1500;

  static Checksums of(byte[] bytes) {
    Checksums found = new Checksums(new ArrayList<>(), new ArrayList<>());
    for (int start = 0; start + 8 <= bytes.length; start++) {
      String signature = new String(bytes, start, 4, StandardCharsets.ISO_8859_1);
      if (SIGNATURES.contains(signature)) {
        int end = end(bytes, start);
        if (end > 0) {
          found.starts.add(start);
          found.ends.add(end);
        }
      }
    }
    return found;
  }

  private static int end(byte[] bytes, int start) {
    int last = Math.min(bytes.length - Integer.BYTES, start + MAX_LENGTH);
    for (int end = start + 8; end <= last; end++) {
      if (numbers(bytes).getInt(end) == checksum(bytes, start, end)) {
        return end;
      }
    }
    return -1;
  }

  private static int checksum(byte[] bytes, int start, int end) {
    return ChecksumUtils.checksum(Arrays.copyOfRange(bytes, start, end));
  }

  private static ByteBuffer numbers(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Makes them right in a changed copy of the file. */
  void mend(byte[] bytes) {
    for (int i = 0; i < starts.size(); i++) {
      int end = ends.get(i);
      numbers(bytes).putInt(end, checksum(bytes, starts.get(i), end));
    }
  }
}
