package org.jetfold.codec.container;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.file.Footer.Section;
import org.jetfold.codec.table.Schema;

/**
 * A part of a footer, without statistics, as bytes: what must be known of some blocks to decode
 * them.
 */
public final class SplitFields {
  private SplitFields() {}

  /** Writes sections in the order of the file. */
  public static byte[] write(List<Section> sections) {
    ByteWriter out = new ByteWriter();
    out.varint(sections.size());
    long before = 0;
    for (Section section : sections) {
      out.u8(section instanceof Section.Block ? Frame.BLOCK : Frame.DISTRIBUTIONS);
      out.varint(section.index());
      out.varint(section.offset() - before);
      out.varint(section.end() - section.offset());
      out.u32(section.check());
      before = section.offset();
      if (section instanceof Section.Block block) {
        out.varint(block.number());
        out.varint(block.first());
        block.entries().forEach(entries -> out.varint(entries));
      }
    }
    return out.toByteArray();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws MalformedBytesException where the bytes are other ones
   */
  public static Footer read(byte[] bytes, Schema schema) {
    ByteReader in = new ByteReader(bytes, 0);
    List<Section> sections = new ArrayList<>();
    long[] sums = new long[schema.groups().size()];
    int count = in.count(in.remaining(), "the number of sections");
    long before = 0;
    for (int i = 0; i < count; i++) {
      int kind = in.u8();
      int index = in.count(Integer.MAX_VALUE, "a section's place");
      long offset = before + in.varint();
      long end = offset + in.varint();
      int check = in.u32();
      if (offset < before || end < offset) {
        throw in.malformed("a section's place is out of range");
      }
      before = offset;
      if (kind == Frame.DISTRIBUTIONS) {
        sections.add(new Section.Distributions(index, offset, end, check));
        continue;
      }
      if (kind != Frame.BLOCK || i == 0) {
        throw in.malformed("distributions should stand here");
      }
      int number = in.count(Integer.MAX_VALUE, "a block's number");
      long first = in.varint();
      List<Integer> entries = FooterFields.readEntries(in, sums);
      sections.add(new Section.Block(index, number, offset, end, check, first, entries, List.of()));
    }
    in.expectEnd("a split");
    List<Long> totals = new ArrayList<>();
    for (long sum : sums) {
      totals.add(sum);
    }
    return new Footer(sections, totals);
  }
}
