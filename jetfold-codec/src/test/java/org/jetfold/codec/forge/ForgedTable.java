package org.jetfold.codec.forge;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jetfold.codec.reference.DecodedBlock;
import org.jetfold.codec.reference.HeaderFields;
import org.jetfold.codec.reference.SegmentValues;

/** Sections and the footer that lists them, on top of {@link ForgedFile}. */
public final class ForgedTable {
  private final HeaderFields header;
  private final ForgedFile file;
  private final ForgedBytes sections = new ForgedBytes();
  private final long[] totals;
  private int sectionCount;
  private long before;
  private int distributionsOrdinal;
  private long seed;
  private long[] ordinals = new long[1];
  private long refined;
  private long[] listed;

  /** Goes on behind the header and models. */
  public ForgedTable(HeaderFields header, ForgedFile file) {
    this.header = header;
    this.file = file;
    this.before = file.lastOffset();
    this.totals = new long[header.groups().size()];
  }

  private void list(int kind) {
    sections.u8(kind).varint(file.lastOffset() - before).u32(file.lastCheck());
    before = file.lastOffset();
    sectionCount++;
  }

  /** A T frame with a distribution for each stream, without spikes and dither. */
  public void distributions(List<? extends ForgedCoding> codings) {
    distributions(Collections.nCopies(header.columns().size(), SegmentValues.Fields.NONE), codings);
  }

  /**
   * A T frame with fields for each column, which only some have, and a distribution each stream.
   * Models code the columns that they have.
   */
  public void distributions(
      List<SegmentValues.Fields> fields, List<? extends ForgedCoding> codings) {
    ForgedBits bits = new ForgedBits();
    for (HeaderFields.Column column : header.columns()) {
      if (column.coding() > 0 && header.models().get(column.coding() - 1).kind() == 1) {
        bits.bit("MODELLED", 1);
      }
    }
    for (int column = 0; column < fields.size(); column++) {
      write(header.columns().get(column), fields.get(column), bits);
    }
    codings.forEach(coding -> coding.writeStream(bits));
    distributions(bits.finish());
  }

  /** What a T frame says of a column before the distributions. */
  public static void write(
      HeaderFields.Column column, SegmentValues.Fields fields, ForgedBits out) {
    if (column.mayHaveDecimals()) {
      out.number("DECIMALS", fields.decimals() + 1);
    }
    if (!column.hasSegmentFields()) {
      return;
    }
    int bits = column.type() == 10 ? 32 : 64;
    out.number("SPIKES", fields.spikes().size());
    fields.spikes().forEach(spike -> out.flat(BigInteger.valueOf(spike), bits));
    if (column.isDithered()) {
      out.bit("DITHERED", fields.dithered() ? 1 : 0);
      if (fields.dithered()) {
        out.flat(BigInteger.valueOf(fields.lowest()), bits);
        out.flat(BigInteger.valueOf(fields.highest()), bits);
      }
    }
  }

  /** A T frame with these bytes. */
  public void distributions(byte[] head) {
    distributions(head, new byte[0]);
  }

  /** A T frame with a body, which it should not have. */
  public void distributions(byte[] head, byte[] body) {
    distributionsOrdinal = file.frames();
    file.frame('T', head, body);
    list('T');
  }

  /** What is told of one column of a block. */
  public record Statistics(int flags, long nans, long minimum, long maximum, double error) {}

  /** From what the phases of the next blocks' events follow, where a column is dithered. */
  public void phases(long newSeed, long[] newOrdinals) {
    seed = newSeed;
    ordinals = newOrdinals;
  }

  /** How many events of the next blocks are refined, where there are guarantees. */
  public void refined(long events) {
    refined = events;
  }

  /** What the footer says of the next blocks' entries; null for the right ones. */
  public void listed(long[] otherEntries) {
    listed = otherEntries;
  }

  private void jumps(ForgedBytes head) {
    List<Integer> places = new ArrayList<>(List.of(0));
    for (int i = 1; i < ordinals.length; i++) {
      if (ordinals[i] != ordinals[i - 1] + 1) {
        places.add(i);
      }
    }
    head.varint(places.size() - 1);
    for (int i = 1; i < places.size(); i++) {
      int at = places.get(i);
      long jump = ordinals[at] - ordinals[at - 1] - 1;
      head.varint(at - places.get(i - 1)).varint(jump << 1 ^ jump >> 63);
    }
  }

  /** A block of these streams. */
  public void block(long[] entries, List<byte[]> streams, List<Statistics> statistics) {
    block(file.frames() - distributionsOrdinal, totals[0], entries, streams, statistics);
  }

  /** A block that says where it stands. */
  public void block(
      long back, long first, long[] entries, List<byte[]> streams, List<Statistics> statistics) {
    ForgedBytes head = new ForgedBytes().varint(back).varint(first);
    if (header.isDithered()) {
      head.varint(seed).varint(ordinals[0]);
    }
    for (int group = 0; group < entries.length; group++) {
      head.varint(entries[group]);
      totals[group] += entries[group];
    }
    if (header.isDithered()) {
      jumps(head);
    }
    if (header.guarantees() != null) {
      head.varint(refined);
    }
    ForgedBytes body = new ForgedBytes();
    for (byte[] stream : streams) {
      head.varint(stream.length);
      if (stream.length > 0) {
        head.u32(ForgedFile.crc(stream));
      }
      body.raw(stream);
    }
    block(head.bytes(), body.bytes(), entries, statistics);
  }

  /** A block with this head and body. */
  public void block(byte[] head, byte[] body, long[] entries, List<Statistics> statistics) {
    file.frame('B', head, body);
    list('B');
    for (long ofGroup : listed == null ? entries : listed) {
      sections.varint(ofGroup);
    }
    for (int column = 0; column < statistics.size(); column++) {
      writeStatistics(header.columns().get(column), statistics.get(column));
    }
  }

  private void writeStatistics(HeaderFields.Column column, Statistics statistics) {
    sections.u8(statistics.flags());
    if ((statistics.flags() & 4) != 0) {
      sections.varint(statistics.nans());
    }
    if ((statistics.flags() & 1) != 0) {
      for (long value : new long[] {statistics.minimum(), statistics.maximum()}) {
        switch (column.type()) {
          case 10 -> sections.u32(value);
          case 11 -> sections.u64(value);
          default -> sections.zigzag(value);
        }
      }
    }
    if ((statistics.flags() & 2) != 0) {
      sections.f64(statistics.error());
    }
    if (column.precision() == HeaderFields.MEASURED) {
      sections.f64(statistics.error()).varint(0);
    }
  }

  /** Statistics that are right for a column with these values. */
  public static Statistics statistics(HeaderFields.Column column, long[] values, double error) {
    long[] range = DecodedBlock.range(column, values);
    long nans = DecodedBlock.nans(column, values);
    int flags = (range == null ? 0 : 1) | (column.precision() == 0 ? 0 : 2) | (nans == 0 ? 0 : 4);
    return new Statistics(
        flags, nans, range == null ? 0 : range[0], range == null ? 0 : range[1], error);
  }

  /** The footer's head as it should be. */
  public byte[] footer() {
    return footer(totals);
  }

  /** The footer's head with other totals. */
  public byte[] footer(long[] told) {
    ForgedBytes head = new ForgedBytes().varint(sectionCount).raw(sections.bytes());
    for (long total : told) {
      head.varint(total);
    }
    return head.bytes();
  }

  /** Footer and trailer. */
  public byte[] finish() {
    file.frame('F', footer(), new byte[0]);
    return file.trailer(file.lastOffset());
  }

  /** The streams of a header, as a list to be filled. */
  public static List<byte[]> streams(byte[]... streams) {
    return new ArrayList<>(List.of(streams));
  }
}
