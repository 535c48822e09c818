package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.LongConsumer;
import org.jetfold.codec.container.ContainerWriter;
import org.jetfold.codec.container.EventOrdinals;
import org.jetfold.codec.container.ScaleFields;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;

/** Writes one table as a file, whole or segment by segment. Not thread-safe. */
public final class TableEncoder {
  private final ContainerWriter out;
  private final List<SegmentEncoder> encoders;
  private final SegmentWriter segments;
  private final FileCoding coding;
  private final EncodingContext context;
  private long entries;
  private long refinedEvents;

  /**
   * Writes the header, and the model where the file holds it.
   *
   * @param verifying whether every stream is decoded and compared before it is written
   * @param out is written from front to back, and not closed
   */
  public TableEncoder(FileCoding coding, Workers workers, boolean verifying, OutputStream out)
      throws IOException {
    this(coding, workers, verifying, false, out);
  }

  /**
   * As above.
   *
   * @param eventByEvent whether {@link #take} is given each event
   */
  TableEncoder(
      FileCoding coding, Workers workers, boolean verifying, boolean eventByEvent, OutputStream out)
      throws IOException {
    this.out = new ContainerWriter(out, coding.header());
    if (coding.embedded() != null) {
      this.out.model(0, coding.embedded().bytes());
    }
    this.coding = coding;
    context =
        new EncodingContext(coding.header(), coding.codecs(), workers, verifying, eventByEvent);
    encoders = coding.coders().stream().map(coder -> coder.encoder(context)).toList();
    segments = new SegmentWriter(context, coding.guarantees(), encoders);
  }

  /**
   * What was written.
   *
   * @param footer the file's footer
   * @param bytes the file's size
   * @param refinedEvents in how many events bounds on computed quantities made values exact
   */
  public record Written(Footer footer, long bytes, long refinedEvents) {}

  /**
   * Reads the source to its end and writes the file.
   *
   * @param progress is told the number of root entries written so far
   */
  public Written encode(TableSource source, LongConsumer progress) throws IOException {
    SegmentReader reader = new SegmentReader(source);
    Segment segment = reader.next();
    while (segment != null) {
      write(segment);
      progress.accept(entries);
      segment = reader.next();
    }
    return finish();
  }

  /**
   * Takes an event whose segment is not complete.
   *
   * @param number of the event in the segment
   */
  void take(CompleteEvent event, int number) {
    byte phase = EventPhases.phase(coding.seed(), entries + number);
    for (int i = 0; i < encoders.size(); i++) {
      encoders.get(i).take(event, phase);
    }
  }

  /** Writes the next segment. */
  void write(Segment segment) throws IOException {
    write(segment, coding.seed(), EventOrdinals.from(entries));
  }

  /**
   * Writes the next segment, of events that keep the phases that they had in other tables. Events
   * of different seeds are in different segments.
   *
   * @param seed of the events' phases
   * @param ordinals of the events
   */
  void write(Segment segment, long seed, EventOrdinals ordinals) throws IOException {
    refinedEvents += segments.write(segment, codecs(segment, seed, ordinals), seed, ordinals, out);
    entries += segment.table().rootEntries();
  }

  /** What turns each column's values in a segment into symbols. */
  private List<ColumnCodec> codecs(Segment segment, long seed, EventOrdinals ordinals) {
    Table table = segment.table();
    Schema schema = table.schema();
    EventPhases phases =
        new EventPhases(schema, seed, ordinals, table.rootEntries(), group -> table.offsets(group));
    ColumnCodec[] codecs = new ColumnCodec[schema.columns().size()];
    context
        .workers()
        .forEach(
            codecs.length,
            column -> {
              ColumnCodec ofTable = context.codecs().get(column);
              codecs[column] =
                  ScaleFields.hasScale(coding.header().columns().get(column))
                      ? ofTable.inSegment(
                          coding.coderOf(column),
                          column,
                          table.values(column),
                          () -> phases.of(schema.groupOf(column)))
                      : ofTable;
            });
    return List.of(codecs);
  }

  /** Writes the footer. */
  Written finish() throws IOException {
    encoders.forEach(SegmentEncoder::finish);
    return new Written(out.finish(), out.size(), refinedEvents);
  }
}
