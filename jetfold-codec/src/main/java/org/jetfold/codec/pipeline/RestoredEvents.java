package org.jetfold.codec.pipeline;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.container.BlockHead;
import org.jetfold.codec.container.EventOrdinals;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.pipeline.KnownColumns.KnownColumn;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/**
 * Events that were restored from files, block by block, with what is known of their phases and
 * columns; and how they are coded again. Not thread-safe.
 */
final class RestoredEvents implements Closeable {
  /**
   * Events of one block.
   *
   * @param seed of their phases
   */
  record Piece(Table table, long seed, EventOrdinals ordinals, KnownColumns known) {
    /** Whether events of both can be in one segment. */
    private boolean isLike(Piece other) {
      return seed == other.seed && known.isLike(other.known);
    }
  }

  private final Schema schema;
  private final WorkAhead<Piece> pieces;
  private @Nullable Piece waiting;

  /** Events of one schema. */
  RestoredEvents(Schema schema, WorkAhead<Piece> pieces) {
    this.schema = schema;
    this.pieces = pieces;
  }

  /**
   * Restores chosen events of a block.
   *
   * @param kept for each column that the reader gives, whether it is to come back as the same bits
   * @param inBlock finds the events
   */
  static Piece restore(
      FileHeader header,
      BlockReader reader,
      BlockWalk.Step step,
      BlockReader.Decoding decoding,
      boolean[] kept,
      ChosenEvents.InBlock inBlock)
      throws IOException {
    int[] events = inBlock.find();
    BlockHead head = step.block().head();
    if (events.length == 0) {
      return new Piece(
          Table.empty(reader.schema()), head.seed(), EventOrdinals.from(0), KnownColumns.NONE);
    }
    List<KnownColumn> known = new ArrayList<>();
    for (int i = 0; i < kept.length; i++) {
      int column = reader.columns().get(i);
      Double error = step.listed().columns().get(column).largestError();
      SegmentScale scale = reader.scale(decoding, column);
      known.add(
          kept[i] && scale.spikes().size() <= SegmentScale.MAX_SPIKES
              ? new KnownColumn(true, scale.withoutDecimals(), error == null ? 0 : error)
              : KnownColumn.NOTHING);
    }
    Table table = reader.read(step.block(), decoding);
    boolean whole = events.length == table.rootEntries();
    return new Piece(
        whole ? table : table.select(events),
        head.seed(),
        whole || !header.isDithered() ? head.ordinals() : head.ordinals().select(events),
        new KnownColumns(known));
  }

  private @Nullable Piece peek() throws IOException {
    while (waiting == null || waiting.table().rootEntries() == 0) {
      waiting = pieces.next();
      if (waiting == null) {
        return null;
      }
    }
    return waiting;
  }

  /**
   * Codes all events.
   *
   * @param keepsPhases whether they keep the phases that they had; else they get those of the
   *     encoder's seed
   * @param progress is called now and then
   */
  void writeTo(TableEncoder out, boolean keepsPhases, Runnable progress) throws IOException {
    for (Piece first = peek(); first != null; first = peek()) {
      Run run = new Run(first);
      SegmentReader segments = new SegmentReader(run);
      for (Segment segment = segments.next(); segment != null; segment = segments.next()) {
        if (keepsPhases) {
          out.write(segment, first.seed(), run.take(segment.table().rootEntries()), run.known);
        } else {
          out.write(segment, run.known);
        }
        progress.run();
      }
    }
  }

  /** Consecutive pieces whose events can be in one segment. */
  private final class Run implements TableSource {
    private final Piece first;
    private KnownColumns known;
    private @Nullable EventOrdinals ordinals;
    private int events;

    Run(Piece first) {
      this.first = first;
      known = first.known();
    }

    @Override
    public Schema schema() {
      return schema;
    }

    @Override
    public @Nullable Table next(int rows) throws IOException {
      Piece piece = peek();
      if (piece == null || !piece.isLike(first)) {
        return null;
      }
      waiting = null;
      known = known.with(piece.known());
      EventOrdinals before = ordinals;
      ordinals = before == null ? piece.ordinals() : before.followedBy(events, piece.ordinals());
      events += piece.table().rootEntries();
      return piece.table();
    }

    /** The ordinals of the next events. */
    EventOrdinals take(int number) {
      EventOrdinals all = ordinals;
      if (all == null) {
        throw new IllegalStateException("no event was read");
      }
      events -= number;
      ordinals = events == 0 ? null : all.slice(number, number + events);
      return all.slice(0, number);
    }

    @Override
    public void close() {
      // Closed with all events.
    }
  }

  @Override
  public void close() {
    pieces.close();
  }
}
