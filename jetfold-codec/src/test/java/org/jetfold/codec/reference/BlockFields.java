package org.jetfold.codec.reference;

import java.util.List;
import java.util.zip.CRC32C;

/** A block's head and streams, section 8. */
final class BlockFields {
  private static final long MAX_VALUES = 1 << 24;

  private final HeaderFields header;
  private final List<Ranks> ranks;
  private final List<BoundModel> models;
  private final List<BoundAutoencoder> autoencoders;

  /** The ranks are those of each column; null for integers. The models are those in use. */
  BlockFields(
      HeaderFields header,
      List<Ranks> ranks,
      List<BoundModel> models,
      List<BoundAutoencoder> autoencoders) {
    this.autoencoders = autoencoders;
    this.header = header;
    this.ranks = ranks;
    this.models = models;
  }

  /** Where in the order of frames and entries the block stands. */
  record Place(long back, long first) {}

  private long[] entries = {};
  private long[][] symbols = {};

  /** Reads a block, and says what place it claims. */
  Place read(byte[] file, ByteCursor head, long bodyOffset, long bodyEnd, List<Leaves> leaves) {
    Place place = new Place(head.varint(Integer.MAX_VALUE), head.varint(Long.MAX_VALUE));
    entries = new long[header.groups().size()];
    for (int group = 0; group < entries.length; group++) {
      entries[group] = head.varint(Integer.MAX_VALUE);
    }
    if (entries[0] == 0) {
      throw head.damaged("a block without entries");
    }
    long values = 0;
    for (int stream = 0; stream < header.streams(); stream++) {
      values += entries[header.groupOfStream(stream)];
    }
    if (values > MAX_VALUES) {
      throw head.damaged("a block with too many values");
    }
    symbols = new long[header.streams()][];
    ByteCursor[] streams = new ByteCursor[header.streams()];
    int lists = header.groups().size() - 1;
    long at = bodyOffset;
    for (int stream = 0; stream < symbols.length; stream++) {
      long length = head.varint(Integer.MAX_VALUE);
      long check = length == 0 ? 0 : head.u32();
      if (at + length > bodyEnd) {
        throw head.damaged("streams beyond the body");
      }
      CRC32C crc = new CRC32C();
      crc.update(file, (int) at, (int) length);
      if (crc.getValue() != check) {
        throw FileError.damaged(at, "a stream's checksum");
      }
      streams[stream] = new ByteCursor(file, at, at + length);
      at += length;
      if (stream >= lists + header.columns().size()
          || (stream >= lists && header.columns().get(stream - lists).coding() != 0)) {
        continue;
      }
      int n = (int) entries[header.groupOfStream(stream)];
      Leaves distribution = leaves.get(stream);
      long[] column =
          distribution.reference() < 2
              ? new long[0]
              : symbols[lists + distribution.reference() - 2];
      symbols[stream] = SymbolStream.decode(streams[stream], distribution, n, column);
    }
    for (BoundModel model : models) {
      model.decode(streams, symbols, header, (int) entries[model.group()]);
    }
    for (BoundAutoencoder model : autoencoders) {
      model.decode(streams, symbols, leaves, header, (int) entries[model.group()]);
    }
    if (at != bodyEnd) {
      throw head.damaged("the body is longer than its streams");
    }
    head.expectEnd();
    return place;
  }

  /** The values of the block that was read. */
  DecodedBlock decoded(long offset) {
    int lists = header.groups().size() - 1;
    long[][] counts = new long[lists + 1][];
    counts[0] = new long[0];
    for (int group = 1; group <= lists; group++) {
      counts[group] = symbols[group - 1];
      long sum = 0;
      for (long count : counts[group]) {
        if (count < 0 || count > entries[group]) {
          throw FileError.damaged(offset, "a list count is out of range");
        }
        sum += count;
      }
      if (sum != entries[group]) {
        throw FileError.damaged(offset, "list counts do not add up");
      }
    }
    long[][] values = new long[header.columns().size()][];
    for (int column = 0; column < values.length; column++) {
      values[column] =
          values(header.columns().get(column), ranks.get(column), symbols[lists + column], offset);
    }
    return new DecodedBlock(entries, counts, values);
  }

  private static long[] values(
      HeaderFields.Column column, Ranks ranks, long[] symbols, long offset) {
    long[] values = new long[symbols.length];
    long[] range = column.integerRange();
    for (int i = 0; i < values.length; i++) {
      boolean right =
          column.isFloat()
              ? ranks.defines(symbols[i])
              : symbols[i] >= range[0] && symbols[i] <= range[1];
      if (!right) {
        throw FileError.damaged(offset, "a symbol that no value has");
      }
      values[i] = column.isFloat() ? ranks.bits(symbols[i]) : symbols[i];
    }
    return values;
  }
}
