package org.jetfold.codec;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.container.SplitFields;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.model.ModelSource;
import org.jetfold.codec.pipeline.BlockReader;
import org.jetfold.codec.pipeline.ChosenEvents;
import org.jetfold.codec.pipeline.ModelKinds;
import org.jetfold.codec.pipeline.ModelResolver;
import org.jetfold.codec.pipeline.TableDecoder;
import org.jetfold.codec.pipeline.Workers;
import org.jetfold.codec.selection.Selection;
import org.jetfold.codec.table.ForwardingSource;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSource;

/**
 * Some blocks of a file, to be decoded elsewhere: by another thread, or on another machine that can
 * read the file. It holds the file's header and where the blocks are, so that neither header nor
 * footer is read again; it does not hold the file's name. {@link Decompressor#splits} makes them.
 *
 * <pre>{@code
 * BlockSplit split = (BlockSplit) in.readObject();
 * Projection wanted = Projection.of(split.header().schema(), List.of(name));
 * try (TableSource events =
 *     split.read(ByteSource.of(file), wanted, Selection.ALL, ModelFolder.beside(file))) {
 *   return events.readAll().values(0).size();
 * }
 * }</pre>
 *
 * <p>Immutable, and safe for use by several threads. The serialized form is read by the same
 * version of Jetfold.
 */
public final class BlockSplit implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What the file starts with, to the end of the header. */
  private final byte[] start;

  /** The blocks, and the distributions that they use, as {@link SplitFields} has them. */
  private final byte[] sections;

  private final int blocks;
  private final long events;
  private final long bytes;

  private BlockSplit(byte[] start, byte[] sections, int blocks, long events, long bytes) {
    this.start = start;
    this.sections = sections;
    this.blocks = blocks;
    this.events = events;
    this.bytes = bytes;
  }

  /**
   * Makes a split.
   *
   * @param start what the file starts with, to the end of the header
   * @param blocks at least one, in the order of the file
   */
  static BlockSplit of(byte[] start, Footer footer, List<Footer.Section.Block> blocks) {
    List<Footer.Section> sections = new ArrayList<>();
    Footer.Section.Distributions used = null;
    for (Footer.Section.Block block : blocks) {
      Footer.Section.Distributions distributions = footer.distributionsOf(block);
      if (!distributions.equals(used)) {
        sections.add(distributions);
        used = distributions;
      }
      sections.add(block);
    }
    return new BlockSplit(
        start,
        SplitFields.write(sections),
        blocks.size(),
        blocks.stream().mapToLong(Footer.Section.Block::events).sum(),
        sections.stream().mapToLong(section -> section.end() - section.offset()).sum());
  }

  /** The number of blocks. */
  public int blocks() {
    return blocks;
  }

  /** The number of events in the blocks, or rows of a flat table. */
  public long events() {
    return events;
  }

  /** How many bytes of the file the blocks take, with the distributions that they use. */
  public long bytes() {
    return bytes;
  }

  /** As in {@code 3 blocks of 98304 events in 4000000 bytes}. */
  @Override
  public String toString() {
    return "%d blocks of %d events in %d bytes".formatted(blocks, events, bytes);
  }

  /** What the file says of itself: its shape, and each column's precision. */
  public FileHeader header() throws IOException {
    return new ContainerReader(ByteSource.of(start), ByteSource.of(start)).header();
  }

  /**
   * Decodes the blocks. The calling thread does all the work.
   *
   * @param source the file's bytes; closed with the table, or here where this fails
   * @param projection the columns that are wanted; only what they need is read
   * @param selection the events that are wanted, by their numbers in the whole file; {@link
   *     Selection#ALL} for those of all blocks
   * @param models where models are that the file names but does not hold
   * @return the events, a piece for each block that has some; not thread-safe
   * @throws org.jetfold.codec.file.DamagedFileException where the source is not the file that the
   *     split was made of, or is damaged
   */
  public TableSource read(
      ByteSource source, Projection projection, Selection selection, ModelSource models)
      throws IOException {
    try {
      ContainerReader container = new ContainerReader(source, ByteSource.of(start));
      Footer listed = listed(container.header().schema());
      ModelResolver resolver = new ModelResolver(container, models, ModelKinds.KNOWN);
      TableDecoder decoder = new TableDecoder(container, listed);
      BlockReader reader = new BlockReader(container, projection, resolver);
      Workers caller = new Workers(1);
      TableSource table =
          selection.isAll()
              ? decoder.read(reader, caller)
              : decoder.read(
                  reader, caller, new ChosenEvents(container, listed, resolver, selection));
      return new Opened(table, source);
    } catch (IOException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  private Footer listed(Schema schema) {
    try {
      return SplitFields.read(sections, schema);
    } catch (MalformedBytesException e) {
      throw new IllegalStateException("the split was made by another version of Jetfold", e);
    }
  }

  /** A table that closes the bytes that it is read from. */
  private static final class Opened extends ForwardingSource {
    private final ByteSource bytes;

    Opened(TableSource table, ByteSource bytes) {
      super(table);
      this.bytes = bytes;
    }

    @Override
    public void close() throws IOException {
      super.close();
      bytes.close();
    }
  }
}
