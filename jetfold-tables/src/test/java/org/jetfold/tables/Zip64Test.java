package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.format.SourceOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A zip whose sizes and places stand in the 64-bit fields, as they must in files beyond 4 GiB. */
class Zip64Test {
  private static final int SAYS_ELSEWHERE = -1;

  @TempDir Path folder;

  @Test
  void readsSizesAndPlacesFromTheLongFields() throws IOException {
    byte[] array = NpyBytes.floats("(3, 2)", 1, 2, 3, 4, 5, 6);
    byte[] name = "jets.npy".getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(array);
    ByteBuffer zip = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    zip.putInt(0x04034B50)
        .putShort((short) 45)
        .putShort((short) 0)
        .putShort((short) 0)
        .putInt(0x00210000);
    zip.putInt((int) crc.getValue()).putInt(SAYS_ELSEWHERE).putInt(SAYS_ELSEWHERE);
    zip.putShort((short) name.length).putShort((short) 20).put(name);
    zip.putShort((short) 1).putShort((short) 16).putLong(array.length).putLong(array.length);
    zip.put(array);
    int directory = zip.position();
    zip.putInt(0x02014B50)
        .putShort((short) 45)
        .putShort((short) 45)
        .putShort((short) 0)
        .putShort((short) 0);
    zip.putInt(0x00210000)
        .putInt((int) crc.getValue())
        .putInt(SAYS_ELSEWHERE)
        .putInt(SAYS_ELSEWHERE);
    zip.putShort((short) name.length).putShort((short) 28).putShort((short) 0).putShort((short) 0);
    zip.putShort((short) 0).putInt(0).putInt(SAYS_ELSEWHERE).put(name);
    zip.putShort((short) 1)
        .putShort((short) 24)
        .putLong(array.length)
        .putLong(array.length)
        .putLong(0);
    int end = zip.position();
    zip.putInt(0x06064B50)
        .putLong(44)
        .putShort((short) 45)
        .putShort((short) 45)
        .putInt(0)
        .putInt(0);
    zip.putLong(1).putLong(1).putLong(end - directory).putLong(directory);
    zip.putInt(0x07064B50).putInt(0).putLong(end).putInt(1);
    zip.putInt(0x06054B50)
        .putShort((short) 0)
        .putShort((short) 0)
        .putShort((short) -1)
        .putShort((short) -1);
    zip.putInt(SAYS_ELSEWHERE).putInt(SAYS_ELSEWHERE).putShort((short) 0);
    byte[] bytes = java.util.Arrays.copyOf(zip.array(), zip.position());
    String file = NpyBytes.file(folder, "a.npz", bytes);
    try (TableSource source = TableFiles.open(file, null, new SourceOptions(_ -> {}))) {
      WholeTable table = WholeTable.read(source, 2);
      assertThat(table.bits().get(1))
          .containsExactly(
              Float.floatToRawIntBits(2), Float.floatToRawIntBits(4), Float.floatToRawIntBits(6));
    }
  }
}
