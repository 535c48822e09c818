package org.jetfold.codec.golden;

import java.util.List;
import java.util.zip.CRC32C;
import org.jetfold.codec.reference.DecodedBlock;

/** A table's contents as text: few enough values are spelt out, all are hashed. */
final class ContentText {
  private static final int SPELT = 24;

  private ContentText() {}

  static String of(List<DecodedBlock> blocks) {
    StringBuilder text = new StringBuilder();
    for (int number = 0; number < blocks.size(); number++) {
      DecodedBlock block = blocks.get(number);
      text.append("block ").append(number).append('\n');
      for (int group = 0; group < block.entries().length; group++) {
        text.append("  group ").append(group).append(" entries ").append(block.entries()[group]);
        text.append(" counts ").append(numbers(block.counts()[group])).append('\n');
      }
      for (int column = 0; column < block.values().length; column++) {
        text.append("  column ").append(column).append(" bits ");
        text.append(numbers(block.values()[column])).append('\n');
      }
    }
    return text.toString();
  }

  private static String numbers(long[] numbers) {
    CRC32C crc = new CRC32C();
    StringBuilder spelt = new StringBuilder();
    for (int i = 0; i < numbers.length; i++) {
      for (int shift = 0; shift < 64; shift += 8) {
        crc.update((int) (numbers[i] >>> shift));
      }
      if (i < SPELT) {
        spelt.append(' ').append(Long.toHexString(numbers[i]));
      }
    }
    return "crc32c %08x:%s%s"
        .formatted((int) crc.getValue(), spelt, numbers.length > SPELT ? " …" : "");
  }
}
