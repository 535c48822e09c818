package org.jetfold.codec.container;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.Footer;

/**
 * Writes the frames of a file from front to back (docs/format.md section 3). The caller is
 * responsible for their contents. Not thread-safe.
 *
 * <p>Nothing is sought or rewritten, so the output may be a pipe. It is not closed.
 */
public final class ContainerWriter {
  private final OutputStream out;
  private final FileHeader header;
  private final byte[] salt;
  private final List<Footer.Section> sections = new ArrayList<>();
  private final long[] totals;
  private long offset;

  /** Where the last frame before the sections starts: the header, or the last embedded model. */
  private long lastBeforeSections = FormatVersion.START_LENGTH;

  private int frames;
  private int lastDistributions;
  private int blocks;

  /** Writes the magic number and the header. */
  public ContainerWriter(OutputStream out, FileHeader header) throws IOException {
    this.out = out;
    this.header = header;
    this.totals = new long[header.schema().groups().size()];
    byte[] start = FormatVersion.start();
    out.write(start);
    offset = start.length;
    int check = writeFrame(Frame.HEADER, FileHeaderFields.write(header), new byte[0], 0, start);
    ByteWriter saltWriter = new ByteWriter();
    saltWriter.u32(check);
    salt = saltWriter.toByteArray();
  }

  private int writeFrame(int kind, byte[] head, byte[] body, int bodyLength, byte[] frameSalt)
      throws IOException {
    ByteWriter bytes = new ByteWriter(Frame.PREFIX_LENGTH + head.length);
    int check = Frame.write(kind, frames, head, bodyLength, frameSalt, bytes);
    out.write(bytes.array(), 0, bytes.size());
    out.write(body, 0, bodyLength);
    offset += bytes.size() + bodyLength;
    frames++;
    return check;
  }

  /**
   * Writes a model that the header calls embedded; all of them, in the header's order, before
   * anything else.
   *
   * @param number its place in the header
   */
  public void model(int number, byte[] bytes) throws IOException {
    ByteWriter head = new ByteWriter();
    head.varint(number);
    lastBeforeSections = offset;
    writeFrame(Frame.MODEL, head.toByteArray(), bytes, bytes.length, salt);
  }

  /** Writes the distributions that the following blocks use. */
  public void distributions(byte[] bytes) throws IOException {
    long start = offset;
    lastDistributions = frames;
    int check = writeFrame(Frame.DISTRIBUTIONS, bytes, new byte[0], 0, salt);
    sections.add(new Footer.Section.Distributions(sections.size(), start, offset, check));
  }

  /**
   * Writes a block.
   *
   * @param seed of the phases of its events
   * @param ordinals of its events
   * @param entries for each group, its entries in the block
   * @param refined the number of its events that are refined
   * @param streams the streams' bytes, one after the other
   * @param lengths for each stream, its length
   * @param columns statistics of each column
   */
  public void block(
      long seed,
      EventOrdinals ordinals,
      int[] entries,
      int refined,
      ByteWriter streams,
      int[] lengths,
      List<ColumnStatistics> columns)
      throws IOException {
    int[] checks = new int[lengths.length];
    int from = 0;
    for (int stream = 0; stream < lengths.length; stream++) {
      checks[stream] =
          lengths[stream] == 0 ? 0 : Checksum.of(streams.array(), from, lengths[stream]);
      from += lengths[stream];
    }
    BlockHead head =
        new BlockHead(
            frames - lastDistributions,
            totals[0],
            seed,
            ordinals,
            entries,
            refined,
            lengths,
            checks);
    long start = offset;
    int check = writeFrame(Frame.BLOCK, head.write(header), streams.array(), streams.size(), salt);
    sections.add(
        new Footer.Section.Block(
            sections.size(),
            blocks++,
            start,
            offset,
            check,
            totals[0],
            Arrays.stream(entries).boxed().toList(),
            columns));
    for (int group = 0; group < entries.length; group++) {
      totals[group] += entries[group];
    }
  }

  /** Writes footer and trailer. Returns the footer. */
  public Footer finish() throws IOException {
    List<Long> groupTotals = new ArrayList<>();
    for (long total : totals) {
      groupTotals.add(total);
    }
    Footer footer = new Footer(sections, groupTotals);
    long footerOffset = offset;
    writeFrame(
        Frame.FOOTER,
        FooterFields.write(footer, header.schema(), lastBeforeSections),
        new byte[0],
        0,
        salt);
    ByteWriter trailer = new ByteWriter();
    trailer.u64(footerOffset);
    trailer.u32(new Checksum().add(salt).add(trailer.array(), 0, 8).value());
    trailer.raw(FormatVersion.END, 0, FormatVersion.END.length);
    out.write(trailer.array(), 0, trailer.size());
    out.flush();
    offset += trailer.size();
    return footer;
  }

  /** The number of bytes written. */
  public long size() {
    return offset;
  }
}
