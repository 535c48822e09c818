package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.BlockHead;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.container.SectionHead;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.UnsupportedFormatException;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;

/**
 * Decodes the chosen columns of blocks, reading only the streams that they need. Safe for use by
 * several threads.
 *
 * <p>Everything damaged comes out as {@link DamagedFileException} with the offset of the stream or
 * field.
 */
public final class BlockReader {
  private final ContainerReader container;
  private final Schema schema;
  private final Projection projection;
  private final Set<Integer> wanted;

  /** The groups whose lists are read, each behind that of its parent. */
  private final List<Integer> lists;

  private final FileQuantizers quantizers;
  private final StaticBlockDecoder statics;
  private final List<ColumnCoder> coders;
  private final List<BlockDecoder> learned = new ArrayList<>();
  private final Queue<DecodingBuffers> idle = new ConcurrentLinkedQueue<>();

  /**
   * A reader of some columns.
   *
   * @param models of the file
   * @throws UnsupportedFormatException where one of them is coded by a model that this version does
   *     not know
   * @throws org.jetfold.codec.file.MissingModelException where one of them needs a model that is
   *     not found
   */
  public BlockReader(ContainerReader container, Projection projection, ModelResolver models)
      throws IOException {
    this.container = container;
    this.projection = projection;
    wanted = Set.copyOf(projection.columns());
    FileHeader header = container.header();
    this.schema = header.schema();
    coders = models.neededFor(projection.columns());
    quantizers = new FileQuantizers(header, coders);
    List<Integer> known = new ArrayList<>(projection.columns());
    coders.forEach(coder -> known.addAll(coder.contextColumns()));
    for (ColumnCoder coder : coders) {
      learned.add(coder.decoder(container, known));
    }
    lists = lists();
    statics = new StaticCoder(header).decoder(container, projection.columns()).givingTo(learned);
  }

  /** The groups of the projection and of what models must know, with those above. */
  private List<Integer> lists() {
    TreeSet<Integer> groups = new TreeSet<>(projection.groups());
    for (ColumnCoder coder : coders) {
      groups.addAll(coder.contextLists());
      coder.columns().forEach(column -> groups.add(schema.groupOf(column)));
      coder.contextColumns().forEach(column -> groups.add(schema.groupOf(column)));
    }
    for (int group : List.copyOf(groups)) {
      for (int above = group; above > 0; above = schema.parent(above)) {
        groups.add(above);
      }
    }
    groups.remove(0);
    return List.copyOf(groups);
  }

  /** The shape of the tables that come out. */
  public Schema schema() {
    return projection.schema();
  }

  /** The columns that are read, by their numbers in the file. */
  List<Integer> columns() {
    return projection.columns();
  }

  /** What blocks need to be decoded: the distributions that stand before them. Opaque. */
  public static final class Decoding {
    private final SegmentDistributions distributions;

    /** The streams that the reader's columns need, in increasing order. */
    private final int[] streams;

    private Decoding(SegmentDistributions distributions, int[] streams) {
      this.distributions = distributions;
      this.streams = streams;
    }
  }

  /**
   * What the segment adds to the precision of one of the columns, whatever codes it: all values
   * that come back bit for bit, whether the grid is shifted, and the range.
   */
  SegmentScale scale(Decoding decoding, int column) {
    SegmentScale inSegment = decoding.distributions.scale(column);
    for (ColumnCoder coder : coders) {
      if (coder.columns().contains(column) && !decoding.distributions.isStatic(column)) {
        return coder.wholeScale(column, inSegment);
      }
    }
    return inSegment;
  }

  /** Makes the distributions of a section ready. */
  public Decoding decoding(SectionHead.Distributions section) throws DamagedFileException {
    try {
      SegmentDistributions distributions =
          new SegmentDistributions(container.header(), quantizers, section);
      return new Decoding(distributions, streams(distributions));
    } catch (MalformedBytesException e) {
      throw BlockStreams.damaged(e);
    }
  }

  /** The streams that are read of each block, but for those of refined events. */
  private int[] streams(SegmentDistributions distributions) {
    BitSet streams = new BitSet();
    lists.forEach(group -> streams.set(BlockHead.streamOfCounts(group)));
    Deque<Integer> columns = new ArrayDeque<>(projection.columns());
    for (BlockDecoder decoder : learned) {
      columns.addAll(decoder.needed());
      decoder.streams().forEach(streams::set);
    }
    while (!columns.isEmpty()) {
      int column = columns.remove();
      int stream = BlockHead.streamOfColumn(schema, column);
      if (!streams.get(stream)) {
        streams.set(stream);
        columns.addAll(distributions.decodedBefore(column));
      }
    }
    return streams.stream().toArray();
  }

  /** Decodes a block. */
  public Table read(SectionHead.Block block, Decoding decoding) throws IOException {
    DecodingBuffers kept = idle.poll();
    DecodingBuffers buffers = kept == null ? new DecodingBuffers() : kept;
    try {
      BlockStreams streams = new BlockStreams(container, block, decoding.distributions, buffers);
      streams.readAhead(decoding.streams);
      return read(streams, buffers);
    } finally {
      idle.add(buffers);
    }
  }

  private Table read(BlockStreams block, DecodingBuffers buffers) throws IOException {
    List<int[]> offsets = new ArrayList<>();
    for (int group : lists) {
      int[] ofGroup = block.readOffsets(group);
      if (projection.groups().contains(group)) {
        offsets.add(ofGroup);
      }
    }
    Map<Integer, ColumnValues> restored = new HashMap<>();
    DecodedSymbols decoded =
        new DecodedSymbols(
            buffers,
            (column, symbols) -> {
              if (wanted.contains(column)) {
                restored.put(column, values(block, column, symbols));
              }
            });
    statics.decode(block, decoded);
    for (BlockDecoder model : learned) {
      model.decode(block, decoded);
    }
    List<ColumnValues> columns = new ArrayList<>();
    for (int column : projection.columns()) {
      ColumnValues early = restored.get(column);
      columns.add(early == null ? values(block, column, decoded) : early);
    }
    decoded.dropAll();
    return new Table(projection.schema(), block.entries(0), offsets, columns);
  }

  private ColumnValues values(BlockStreams block, int column, DecodedSymbols decoded)
      throws IOException {
    int count = block.entries(schema.groupOf(column));
    ColumnValues values = ColumnValues.zeros(schema.columns().get(column).type(), count);
    if (decoded.has(column)) {
      block.restore(column, decoded, values);
    } else if (!block.decodeValues(column, values)) {
      statics.decode(block, column, decoded);
      block.restore(column, decoded, values);
      decoded.drop(column);
    }
    block.refine(column, values);
    return values;
  }
}
