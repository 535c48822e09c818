package org.jetfold.codec.container;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Schema;

/**
 * The index at a file's end (docs/format.md section 10).
 *
 * @param sections distributions and blocks, in the order of the file
 * @param totals for each group, its entries in the file
 */
public record Footer(List<Section> sections, List<Long> totals) {
  /** Copies the lists. */
  public Footer {
    sections = List.copyOf(sections);
    totals = List.copyOf(totals);
  }

  /** A frame of the file that the footer lists. */
  public sealed interface Section {
    /** Where its frame starts in the file. */
    long offset();

    /**
     * Its frame's checksum. Another file with the same header can hold frames that would be right
     * here, but not with this checksum.
     */
    int check();

    /** Distributions, which the blocks behind use. */
    record Distributions(long offset, int check) implements Section {}

    /**
     * A block.
     *
     * @param entries its root entries
     * @param columns statistics of each column
     */
    record Block(long offset, int check, int entries, List<ColumnStatistics> columns)
        implements Section {
      /** Copies the list. */
      public Block {
        columns = List.copyOf(columns);
      }
    }
  }

  byte[] write(Schema schema, long firstOffset) {
    ByteWriter out = new ByteWriter(256);
    out.varint(sections.size());
    long before = firstOffset;
    for (Section section : sections) {
      out.u8(section instanceof Section.Block ? Frame.BLOCK : Frame.DISTRIBUTIONS);
      out.varint(section.offset() - before);
      out.u32(section.check());
      before = section.offset();
      if (section instanceof Section.Block block) {
        out.varint(block.entries());
        for (int column = 0; column < block.columns().size(); column++) {
          block.columns().get(column).write(out, schema.columns().get(column).type());
        }
      }
    }
    for (long total : totals) {
      out.varint(total);
    }
    return out.toByteArray();
  }

  static Footer read(ByteReader in, FileHeader header, long firstOffset) {
    Schema schema = header.schema();
    int count = in.count(in.remaining(), "the number of sections");
    List<Section> sections = new ArrayList<>();
    long before = firstOffset;
    long rootEntries = 0;
    for (int i = 0; i < count; i++) {
      int kind = in.u8();
      long distance = in.varint();
      if (distance <= 0 || before + distance < 0) {
        throw in.malformed("a section's place is out of range");
      }
      before += distance;
      int check = in.u32();
      if (kind == Frame.DISTRIBUTIONS) {
        sections.add(new Section.Distributions(before, check));
      } else if (kind == Frame.BLOCK) {
        int entries = in.count(Integer.MAX_VALUE, "a block's number of entries");
        List<ColumnStatistics> columns = new ArrayList<>();
        for (int column = 0; column < schema.columns().size(); column++) {
          Precision precision = header.columns().get(column).precision();
          columns.add(ColumnStatistics.read(in, schema.columns().get(column).type(), precision));
        }
        sections.add(new Section.Block(before, check, entries, columns));
        rootEntries += entries;
      } else {
        throw in.malformed("the footer lists a section of unknown kind " + kind);
      }
    }
    List<Long> totals = new ArrayList<>();
    for (int group = 0; group < schema.groups().size(); group++) {
      totals.add(in.varint());
    }
    in.expectEnd("the footer");
    if (totals.get(0) != rootEntries) {
      throw in.malformed(
          "the footer's total of %d entries is not that of its blocks, %d"
              .formatted(totals.get(0), rootEntries));
    }
    return new Footer(sections, totals);
  }
}
