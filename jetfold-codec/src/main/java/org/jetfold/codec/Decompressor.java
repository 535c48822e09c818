package org.jetfold.codec;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;
import org.jetfold.codec.comparison.PrecisionCheck;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.container.FormatVersion;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.ColumnScale;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.model.ModelSource;
import org.jetfold.codec.pipeline.BlockReader;
import org.jetfold.codec.pipeline.ChosenEvents;
import org.jetfold.codec.pipeline.EventCopier;
import org.jetfold.codec.pipeline.ModelKinds;
import org.jetfold.codec.pipeline.ModelResolver;
import org.jetfold.codec.pipeline.SingleBlockReader;
import org.jetfold.codec.pipeline.TableDecoder;
import org.jetfold.codec.pipeline.Workers;
import org.jetfold.codec.selection.Selection;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens {@code .jetf} files and decodes them, wholly or some columns, with any number of threads.
 *
 * <pre>{@code
 * try (Decompressor decompressor = new Decompressor(file, 2)) {
 *   Table restored = decompressor.readAll();
 *   System.out.println(Arrays.toString(restored.floats("pt")));
 * }
 * }</pre>
 *
 * <p>A file that is damaged gives a {@link org.jetfold.codec.file.DamagedFileException} that names
 * the byte, never wrong values; one that needs a newer version an {@link
 * org.jetfold.codec.file.UnsupportedFormatException}. Holds as many blocks as there are threads,
 * each of at most 2²⁴ values (160 MB for float32 columns; files that {@link Compressor} writes stay
 * below a quarter of that).
 *
 * <p>One table at a time; not thread-safe.
 */
public final class Decompressor implements Closeable {
  private final ByteSource source;
  private final ContainerReader container;
  private final Workers workers;
  private final ModelResolver models;
  private volatile @Nullable BlocksOf single;

  /** What reads single blocks. */
  private record BlocksOf(Projection projection, SingleBlockReader reader) {}

  /**
   * Opens a file that needs no model of its own file.
   *
   * @param threads how many threads decode, at least one
   */
  public Decompressor(Path file, int threads) throws IOException {
    this(file, threads, ModelSource.NONE);
  }

  /**
   * Opens a file.
   *
   * @param models where models are that the file names but does not hold
   */
  public Decompressor(Path file, int threads, ModelSource models) throws IOException {
    this(ByteSource.of(file), threads, models);
  }

  /**
   * Opens bytes from anywhere; they are closed with the decompressor, or here where they are no
   * Jetfold file.
   */
  public Decompressor(ByteSource source, int threads) throws IOException {
    this(source, threads, ModelSource.NONE);
  }

  /** As above, with a place where models are that the file names but does not hold. */
  public Decompressor(ByteSource source, int threads, ModelSource models) throws IOException {
    this.source = source;
    try {
      this.container = new ContainerReader(source);
    } catch (IOException | RuntimeException e) {
      source.close();
      throw e;
    }
    this.models = new ModelResolver(container, models, ModelKinds.KNOWN);
    this.workers = new Workers(threads);
  }

  /** Whether bytes begin as a Jetfold file of any version does. */
  public static boolean begins(byte[] bytes) {
    return FormatVersion.begins(bytes);
  }

  /** What the file says of itself: its shape, and each column's setting. */
  public FileHeader header() {
    return container.header();
  }

  /** The file's format version, as in {@code 1.0}. */
  public String formatVersion() {
    return container.version();
  }

  /** The file's index: blocks, ranges and largest errors. */
  public Footer footer() throws IOException {
    return container.footer();
  }

  private TableDecoder decoder() throws IOException {
    return new TableDecoder(container, container.footer());
  }

  /**
   * The file's blocks: where each is, the entries of every group, and each column's statistics.
   * Only the footer is read, once.
   */
  public List<Footer.Section.Block> blocks() throws IOException {
    return container.footer().blocks();
  }

  /**
   * The blocks that may have chosen events, by their ranges in the footer. Only the footer is read.
   *
   * @throws org.jetfold.codec.error.JetfoldException where a condition does not suit the columns
   */
  public List<Footer.Section.Block> blocks(Selection selection) throws IOException {
    IntPredicate wanted = ChosenEvents.blocks(header().schema(), container.footer(), selection);
    return blocks().stream().filter(block -> wanted.test(block.number())).toList();
  }

  /**
   * Shares out blocks, so that each share can be decoded elsewhere without this decompressor. The
   * shares are about equally large, and in the order of the blocks.
   *
   * @param blocks some or all of {@link #blocks}, in their order
   * @param bytes how large a share should be at most, at least 1; a share has at least one block
   */
  public List<BlockSplit> splits(List<Footer.Section.Block> blocks, long bytes) throws IOException {
    return index().splits(blocks, bytes);
  }

  /** What the file says of itself, which stays when this is closed. */
  public FileIndex index() throws IOException {
    return new FileIndex(container.header(), container.footer(), container.start());
  }

  /** The file's size in bytes. */
  public long size() throws IOException {
    return source.size();
  }

  /**
   * For each stream, the bytes that it takes in all blocks: first the list counts of each group,
   * then the columns.
   */
  public long[] streamSizes() throws IOException {
    return decoder().streamSizes();
  }

  /**
   * In how many events (rows of a flat table) values are exact so that the {@linkplain
   * FileHeader#guarantees guarantees} hold.
   */
  public long refinedEvents() throws IOException {
    return decoder().refinedEvents();
  }

  /**
   * For each column, the values that come back bit for bit beside its precision, and its dither.
   * Values that only a model holds are among them where the model is there.
   */
  public List<ColumnScale> scales() throws IOException {
    return decoder().scales(models);
  }

  /**
   * For each column, in how many of the file's {@link Footer#segments} static distributions code it
   * though it has a density model, because they take fewer bytes there.
   */
  public int[] segmentsWithoutModel() throws IOException {
    return decoder().segmentsWithoutModel();
  }

  /**
   * For each column, those whose values must be decoded before its own can be: the columns that its
   * contexts come from or that it is told relative to; the columns before it in the order of the
   * density model that codes it, or those that its autoencoder's decoder is given beside the
   * latents; and what these need themselves. Columns whose model is not there, or cannot be read,
   * are left out.
   */
  public Map<Integer, List<Integer>> decodedBefore() throws IOException {
    List<Set<Integer>> ofContexts = decoder().columnsOfContexts();
    Map<Integer, List<Integer>> all = new HashMap<>();
    models
        .decodedBefore()
        .forEach((column, ofModel) -> {
          Set<Integer> before = new TreeSet<>(ofModel);
          before.addAll(ofContexts.get(column));
          Deque<Integer> open = new ArrayDeque<>(before);
          while (!open.isEmpty()) {
            for (int other : ofContexts.get(open.remove())) {
              if (before.add(other)) {
                open.add(other);
              }
            }
          }
          before.remove(column);
          all.put(column, List.copyOf(before));
        });
    return all;
  }

  /** The table, decoded piece by piece, every checksum on the way checked. */
  public TableSource read() throws IOException {
    return read(Projection.all(header().schema()));
  }

  /** The whole table in memory. */
  public Table readAll() throws IOException {
    try (TableSource table = read()) {
      return table.readAll();
    }
  }

  /** Some columns of the table; only what they need is read. */
  public TableSource read(Projection projection) throws IOException {
    return decoder().read(new BlockReader(container, projection, models), workers);
  }

  /**
   * Some columns of the chosen events; blocks that have none of them, by their ranges in the
   * footer, are not read.
   *
   * @throws org.jetfold.codec.error.JetfoldException where a condition does not suit the columns
   */
  public TableSource read(Projection projection, Selection selection) throws IOException {
    if (selection.isAll()) {
      return read(projection);
    }
    return decoder()
        .read(
            new BlockReader(container, projection, models),
            workers,
            new ChosenEvents(container, container.footer(), models, selection));
  }

  /**
   * One block of the table, decoded alone; nothing before its segment is read. The footer is read
   * once, and so are a segment's distributions when its blocks follow one another. Safe for use by
   * several threads.
   *
   * @param number counted from 0; {@link #blocks} says how many there are
   * @throws IndexOutOfBoundsException where the file has no such block
   */
  public Table readBlock(int number, Projection projection) throws IOException {
    BlocksOf known = single;
    if (known == null || !known.projection().equals(projection)) {
      BlockReader reader = new BlockReader(container, projection, models);
      known = new BlocksOf(projection, new SingleBlockReader(container, reader));
      single = known;
    }
    return known.reader().read(number);
  }

  /**
   * Compares the whole table with its original, each value in its column's precision.
   *
   * @param original read to its end, and not closed; its columns are matched by their names
   * @param progress is told how many rows or events were compared
   */
  public PrecisionCheck check(TableSource original, LongConsumer progress) throws IOException {
    try (TableSource restored = read()) {
      return PrecisionCheck.of(
          original, restored, header().precisions(), header().earlierLosses(), progress);
    }
  }

  /**
   * What can be read of a damaged file whose header is whole: all undamaged blocks, and a list of
   * what is lost.
   */
  public RecoveringSource recover(Projection projection) throws IOException {
    return new RecoveringSource(container, new BlockReader(container, projection, models));
  }

  /**
   * Reads everything and checks all that the file says of itself: checksums, symbols, places of all
   * frames without gaps, and the ranges of the footer. Returns quietly where all is right.
   */
  public void verify() throws IOException {
    decoder()
        .verify(new BlockReader(container, Projection.all(header().schema()), models), workers);
  }

  /** This file as one of several that become one. */
  EventCopier.Input input() throws IOException {
    return new EventCopier.Input(container, container.footer(), models);
  }

  /** The seed of the phases of the first block's events; 0 where there is no block. */
  long seed() throws IOException {
    List<Footer.Section.Block> blocks = blocks();
    return blocks.isEmpty() ? 0 : container.read(blocks.getFirst()).head().seed();
  }

  /** What decodes. */
  Workers workers() {
    return workers;
  }

  @Override
  public void close() throws IOException {
    workers.close();
    source.close();
  }
}
