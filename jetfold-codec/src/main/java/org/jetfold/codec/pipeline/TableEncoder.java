package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.ToLongBiFunction;
import java.util.stream.IntStream;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.container.BlockHead;
import org.jetfold.codec.container.ContainerWriter;
import org.jetfold.codec.container.EventOrdinals;
import org.jetfold.codec.container.SectionHead;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/** Writes one table as a file, whole or segment by segment. Not thread-safe. */
public final class TableEncoder {
  private final ContainerWriter out;
  private final FileCoding coding;
  private final Workers workers;
  private final boolean verifying;
  private final boolean eventByEvent;
  private @Nullable Coders coders;
  private long entries;
  private long refinedEvents;
  private final int[] segmentsWithoutModel;

  /**
   * What codes values, which a file that is copied does without.
   *
   * @param encoders between them they code every stream
   */
  private record Coders(
      EncodingContext context, List<SegmentEncoder> encoders, SegmentWriter segments) {}

  /**
   * Writes the header, and the models that the file holds.
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
    for (int number = 0; number < coding.header().models().size(); number++) {
      LearnedModel model = coding.embedded().get(number);
      if (model != null) {
        this.out.model(number, model.bytes());
      }
    }
    this.coding = coding;
    segmentsWithoutModel = new int[coding.header().columns().size()];
    this.workers = workers;
    this.verifying = verifying;
    this.eventByEvent = eventByEvent;
  }

  private Coders coders() {
    Coders made = coders;
    if (made == null) {
      EncodingContext context =
          new EncodingContext(coding.header(), coding.codecs(), workers, verifying, eventByEvent);
      List<ColumnCoder> inOrder = new ArrayList<>(List.of(coding.staticCoder()));
      inOrder.addAll(
          FileCoding.inOrder(
              coding.header().schema(), coding.coders().subList(1, coding.coders().size())));
      List<SegmentEncoder> encoders =
          inOrder.stream().map(coder -> coder.encoder(context)).toList();
      made =
          new Coders(context, encoders, new SegmentWriter(context, coding.guarantees(), encoders));
      coders = made;
    }
    return made;
  }

  /**
   * What was written.
   *
   * @param footer the file's footer
   * @param bytes the file's size
   * @param refinedEvents in how many events bounds on computed quantities made values exact
   * @param segmentsWithoutModel for each column, in how many segments it has a density model and is
   *     coded without it
   * @param modelBytes for each column, the bytes that a density model makes of its values, also
   *     where static distributions take fewer and are stored
   * @param savedBytes for each column, by how many bytes its density model makes it smaller than
   *     static distributions do
   */
  public record Written(
      Footer footer,
      long bytes,
      long refinedEvents,
      List<Integer> segmentsWithoutModel,
      List<Long> modelBytes,
      List<Long> savedBytes) {
    /** Copies the lists. */
    public Written {
      segmentsWithoutModel = List.copyOf(segmentsWithoutModel);
      modelBytes = List.copyOf(modelBytes);
      savedBytes = List.copyOf(savedBytes);
    }
  }

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
    List<SegmentEncoder> encoders = coders().encoders();
    for (int i = 0; i < encoders.size(); i++) {
      encoders.get(i).take(event, phase);
    }
  }

  /** Writes the next segment. */
  void write(Segment segment) throws IOException {
    write(segment, KnownColumns.NONE);
  }

  /**
   * Writes the next segment.
   *
   * @param known of the columns that are to come back as they came from another file
   */
  void write(Segment segment, KnownColumns known) throws IOException {
    write(segment, coding.seed(), EventOrdinals.from(entries), known);
  }

  /**
   * Writes the next segment, of events that keep the phases that they had in other tables. Events
   * of different seeds are in different segments.
   *
   * @param seed of the events' phases
   * @param ordinals of the events
   */
  void write(Segment segment, long seed, EventOrdinals ordinals) throws IOException {
    write(segment, seed, ordinals, KnownColumns.NONE);
  }

  /**
   * As above, of events whose values were restored from another file.
   *
   * @param known of the columns that are to come back as they came from there
   */
  void write(Segment segment, long seed, EventOrdinals ordinals, KnownColumns known)
      throws IOException {
    SegmentCodecs codecs = codecs(segment, seed, ordinals, known);
    refinedEvents += coders().segments().write(segment, codecs, seed, ordinals, known, out);
    entries += segment.table().rootEntries();
    for (int column = 0; column < segmentsWithoutModel.length; column++) {
      boolean hasModel = coding.header().columns().get(column).coding() != 0;
      segmentsWithoutModel[column] += hasModel && codecs.isStatic(column) ? 1 : 0;
    }
  }

  /** What turns each column's values in a segment into symbols. */
  private SegmentCodecs codecs(
      Segment segment, long seed, EventOrdinals ordinals, KnownColumns known) {
    Table table = segment.table();
    EventPhases phases =
        new EventPhases(
            table.schema(), seed, ordinals, table.rootEntries(), group -> table.offsets(group));
    return new SegmentCodecs(coding, coders().context(), table, phases, known);
  }

  /** Writes a model that the header calls embedded, before anything else. */
  void copyModel(int number, byte[] bytes) throws IOException {
    out.model(number, bytes);
  }

  /** Writes distributions of another file, for its blocks that follow. */
  void copy(SectionHead.Distributions distributions) throws IOException {
    out.distributions(distributions.bytes());
  }

  /**
   * Writes a block of another file, whose distributions were written last.
   *
   * @param streams all its streams
   * @param listed what the other file's footer says of it
   */
  void copy(BlockHead head, byte[] streams, Footer.Section.Block listed) throws IOException {
    ByteWriter body = new ByteWriter(streams.length);
    body.raw(streams, 0, streams.length);
    out.block(
        head.seed(),
        head.ordinals(),
        head.entries(),
        head.refined(),
        body,
        head.lengths(),
        listed.columns());
    entries += listed.events();
  }

  /** The number of events written so far. */
  long entries() {
    return entries;
  }

  /** Writes the footer. */
  Written finish() throws IOException {
    Coders used = coders;
    if (used != null) {
      used.encoders().forEach(SegmentEncoder::finish);
    }
    return new Written(
        out.finish(),
        out.size(),
        refinedEvents,
        Arrays.stream(segmentsWithoutModel).boxed().toList(),
        ofColumns(used, SegmentEncoder::modelBytes),
        ofColumns(used, SegmentEncoder::savedBytes));
  }

  /** What encoders say of each column. */
  private List<Long> ofColumns(
      @Nullable Coders used, ToLongBiFunction<SegmentEncoder, Integer> said) {
    return IntStream.range(0, segmentsWithoutModel.length)
        .mapToObj(column ->
            used == null
                ? 0L
                : used.encoders().stream()
                    .mapToLong(encoder -> said.applyAsLong(encoder, column))
                    .sum())
        .toList();
  }
}
