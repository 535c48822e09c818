package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.container.SectionHead;
import org.jetfold.codec.file.ColumnScale;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/** Reads the blocks of an undamaged file in order, as its footer lists them. */
public final class TableDecoder {
  private final ContainerReader container;
  private final Footer footer;
  private final Schema schema;

  /** A decoder of a file's blocks. */
  public TableDecoder(ContainerReader container, Footer footer) {
    this.container = container;
    this.footer = footer;
    this.schema = container.header().schema();
  }

  /** For each stream, the bytes that it takes in all blocks. */
  public long[] streamSizes() throws IOException {
    long[] sizes = new long[container.header().streams()];
    for (Footer.Section.Block listed : footer.blocks()) {
      int[] lengths = container.read(listed).head().lengths();
      for (int stream = 0; stream < sizes.length; stream++) {
        sizes[stream] += lengths[stream];
      }
    }
    return sizes;
  }

  /** The number of events whose values are exact so that computed quantities are in bounds. */
  public long refinedEvents() throws IOException {
    long refined = 0;
    for (Footer.Section.Block listed : footer.blocks()) {
      refined += container.read(listed).head().refined();
    }
    return refined;
  }

  /** For each column, what its segments, and those models that are there, add to its precision. */
  public List<ColumnScale> scales(ModelResolver models) throws IOException {
    List<ColumnCoder> coders = models.found();
    int columns = schema.columns().size();
    List<TreeSet<Double>> spikes = Stream.generate(TreeSet<Double>::new).limit(columns).toList();
    boolean[] dithered = new boolean[columns];
    int[] decimals = new int[columns];
    Arrays.fill(decimals, SegmentScale.NO_DECIMALS);
    forEachSegment(segment -> {
      for (int column = 0; column < columns; column++) {
        SegmentScale scale = scale(segment, column, coders);
        spikes.get(column).addAll(scale.spikes(schema.columns().get(column).type()));
        dithered[column] |= scale.dithered();
        decimals[column] = Math.max(decimals[column], scale.decimals());
      }
    });
    return IntStream.range(0, columns)
        .mapToObj(column ->
            new ColumnScale(
                List.copyOf(spikes.get(column)),
                dithered[column],
                decimals[column] == SegmentScale.NO_DECIMALS
                    ? OptionalInt.empty()
                    : OptionalInt.of(decimals[column])))
        .toList();
  }

  private static SegmentScale scale(
      SegmentDistributions segment, int column, List<ColumnCoder> coders) {
    SegmentScale inSegment = segment.scale(column);
    for (ColumnCoder coder : coders) {
      if (coder.columns().contains(column) && !segment.isStatic(column)) {
        return coder.wholeScale(column, inSegment);
      }
    }
    return inSegment;
  }

  /** For each column, in how many segments it has a density model and is coded without it. */
  public int[] segmentsWithoutModel() throws IOException {
    int[] segments = new int[schema.columns().size()];
    forEachSegment(segment -> {
      for (int column = 0; column < segments.length; column++) {
        boolean hasModel = DensityKind.codes(container.header(), column);
        segments[column] += hasModel && segment.isStatic(column) ? 1 : 0;
      }
    });
    return segments;
  }

  private void forEachSegment(Consumer<SegmentDistributions> look) throws IOException {
    FileQuantizers quantizers = new FileQuantizers(container.header(), List.of());
    for (Footer.Section section : footer.sections()) {
      if (section instanceof Footer.Section.Distributions listed) {
        look.accept(distributions(quantizers, container.read(listed)));
      }
    }
  }

  /** For each column, those that must be decoded before it in some segment, for its contexts. */
  public List<Set<Integer>> columnsOfContexts() throws IOException {
    List<Set<Integer>> columns =
        Stream.<Set<Integer>>generate(TreeSet::new).limit(schema.columns().size()).toList();
    forEachSegment(segment -> {
      for (int column = 0; column < columns.size(); column++) {
        columns.get(column).addAll(segment.decodedBefore(column));
      }
    });
    return columns;
  }

  private SegmentDistributions distributions(
      FileQuantizers quantizers, SectionHead.Distributions section) throws DamagedFileException {
    try {
      return new SegmentDistributions(container.header(), quantizers, section);
    } catch (MalformedBytesException e) {
      throw BlockStreams.damaged(e);
    }
  }

  /** The blocks as pieces of a table, decoded ahead by the workers. */
  public TableSource read(BlockReader reader, Workers workers) {
    BlockWalk walk = new BlockWalk(container, footer, reader, BlockWalk.ALL);
    return pieces(
        reader.schema(),
        OptionalLong.of(footer.totals().getFirst()),
        new WorkAhead<>(
            workers,
            () -> {
              BlockWalk.Step step = walk.next();
              return step == null ? null : () -> reader.read(step.block(), step.decoding());
            }));
  }

  /** The chosen events of the blocks, in pieces; blocks that have none are not read. */
  public TableSource read(BlockReader reader, Workers workers, ChosenEvents chosen) {
    BlockWalk walk = new BlockWalk(container, footer, reader, chosen.blocks());
    return pieces(
        reader.schema(),
        chosen.number(),
        new WorkAhead<>(
            workers,
            () -> {
              BlockWalk.Step step = walk.next();
              if (step == null) {
                return null;
              }
              ChosenEvents.InBlock inBlock = chosen.in(step);
              return () -> {
                int[] events = inBlock.find();
                return events.length == 0
                    ? Table.empty(reader.schema())
                    : reader.read(step.block(), step.decoding()).select(events);
              };
            }));
  }

  private static TableSource pieces(
      Schema schema, OptionalLong rootEntries, WorkAhead<Table> decoded) {
    return new TableSource() {
      @Override
      public Schema schema() {
        return schema;
      }

      @Override
      public OptionalLong rootEntries() {
        return rootEntries;
      }

      @Override
      public @Nullable Table next(int rows) throws IOException {
        Table piece = decoded.next();
        while (piece != null && piece.rootEntries() == 0) {
          piece = decoded.next();
        }
        return piece;
      }

      @Override
      public void close() {
        decoded.close();
      }
    };
  }

  /** Reads everything, as {@link org.jetfold.codec.Decompressor#verify} says. */
  public void verify(BlockReader reader, Workers workers) throws IOException {
    container.verifyFrames();
    List<Footer.Section.Block> blocks = footer.blocks();
    try (TableSource source = read(reader, workers)) {
      for (Footer.Section.Block block : blocks) {
        Table table = source.next(1);
        if (table == null) {
          throw new DamagedFileException(
              block.offset(), "the footer lists more blocks than there are");
        }
        for (int column = 0; column < schema.columns().size(); column++) {
          ColumnValues values = table.values(column);
          ColumnRange range =
              ColumnRange.of(schema.columns().get(column).type(), values, values.size());
          if (!range.isOf(block.columns().get(column))) {
            throw new DamagedFileException(
                block.offset(),
                "column %s does not have the range, or number of NaNs, that the footer states"
                    .formatted(schema.columns().get(column).name()));
          }
        }
      }
      // Distributions may follow the last block.
      if (source.next(1) != null) {
        throw new DamagedFileException(0, "there are more blocks than the footer lists");
      }
    }
  }
}
