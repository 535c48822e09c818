package org.jetfold.codec.container;

import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.table.Schema;

/**
 * The head of a block, before its streams (docs/format.md section 8).
 *
 * @param back this frame's ordinal less that of the frame with its distributions
 * @param first the number of root entries in the blocks before
 * @param seed of the phases of its events; 0 where no column is dithered
 * @param ordinals of its events, from which their phases follow; any where no column is dithered
 * @param entries for each group, its entries in this block
 * @param refined the number of its events that are refined; 0 without guarantees
 * @param lengths for each stream, its length in bytes
 * @param checks for each stream, the checksum of its bytes (0 where it has none)
 */
public record BlockHead(
    int back,
    long first,
    long seed,
    EventOrdinals ordinals,
    int[] entries,
    int refined,
    int[] lengths,
    int[] checks) {
  /** The most bytes of a coder's states. */
  private static final int MAX_STATES_LENGTH = 64;

  /**
   * The most bytes of a symbol: a word and 64 raw bits, and a word for what tells of spikes. It
   * bounds what is held in memory.
   */
  private static final long MAX_SYMBOL_LENGTH = 16;

  /** The stream that holds a column's symbols. */
  public static int streamOfColumn(Schema schema, int column) {
    return schema.groups().size() - 1 + column;
  }

  /** The stream that holds the numbers of entries of a group's lists; the group is not the root. */
  public static int streamOfCounts(int group) {
    return group - 1;
  }

  /**
   * The number of symbols of a stream: entries of the column's group, or of the counted group's
   * parent. Of latents, and of refined columns, the most that there can be.
   */
  public int symbols(FileHeader header, int stream) {
    return header.guarantees() != null && stream == header.streamOfRefinedEvents()
        ? refined
        : entries[header.groupOfStream(stream)];
  }

  byte[] write(FileHeader header) {
    ByteWriter out = new ByteWriter(16 + 8 * lengths.length);
    out.varint(back);
    out.varint(first);
    if (header.isDithered()) {
      out.varint(seed);
      ordinals.writeFirst(out);
    }
    for (int count : entries) {
      out.varint(count);
    }
    if (header.isDithered()) {
      ordinals.writeJumps(out);
    }
    if (header.guarantees() != null) {
      out.varint(refined);
    }
    for (int stream = 0; stream < lengths.length; stream++) {
      out.varint(lengths[stream]);
      if (lengths[stream] != 0) {
        out.u32(checks[stream]);
      }
    }
    return out.toByteArray();
  }

  static BlockHead read(ByteReader in, int bodyLength, FileHeader header) {
    Schema schema = header.schema();
    int back = in.count(Integer.MAX_VALUE, "a block's distance from its distributions");
    long first = in.varint();
    if (first < 0) {
      throw in.malformed("a block's place is out of range");
    }
    long seed = header.isDithered() ? in.varint() : 0;
    long ordinal = header.isDithered() ? in.varint() : 0;
    int[] entries = new int[schema.groups().size()];
    for (int group = 0; group < entries.length; group++) {
      entries[group] = in.count(Integer.MAX_VALUE, "a block's number of entries");
    }
    if (entries[0] == 0) {
      throw in.malformed("a block has no entries");
    }
    EventOrdinals ordinals =
        header.isDithered()
            ? EventOrdinals.readJumps(ordinal, entries[0], in)
            : EventOrdinals.from(ordinal);
    int refined =
        header.guarantees() == null
            ? 0
            : in.count(entries[0], "a block's number of refined events");
    int streams = header.streams();
    int[] lengths = new int[streams];
    int[] checks = new int[streams];
    long total = 0;
    for (int stream = 0; stream < streams; stream++) {
      lengths[stream] = in.count(bodyLength, "a stream's length");
      checks[stream] = lengths[stream] == 0 ? 0 : in.u32();
      total += lengths[stream];
    }
    in.expectEnd("a block's head");
    if (total != bodyLength) {
      throw in.malformed(
          "a block's streams take %d bytes, its body has %d".formatted(total, bodyLength));
    }
    BlockHead head = new BlockHead(back, first, seed, ordinals, entries, refined, lengths, checks);
    long values = 0;
    for (int stream = 0; stream < streams; stream++) {
      int symbols = head.symbols(header, stream);
      values += stream < header.streamOfRefinedEvents() ? symbols : 0;
      if (lengths[stream] > MAX_STATES_LENGTH + MAX_SYMBOL_LENGTH * symbols) {
        throw in.malformed("a stream is longer than its symbols can be");
      }
    }
    if (values > FormatVersion.MAX_VALUES_IN_BLOCK) {
      throw in.malformed(
          "a block has %d values, more than the %d allowed"
              .formatted(values, FormatVersion.MAX_VALUES_IN_BLOCK));
    }
    return head;
  }
}
