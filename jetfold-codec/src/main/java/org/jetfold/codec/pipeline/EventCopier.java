package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.container.SectionHead;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.selection.CutBlockException;
import org.jetfold.codec.selection.Selection;
import org.jetfold.codec.table.Projection;
import org.jspecify.annotations.Nullable;

/**
 * Writes chosen events of files, one behind the other, as one file: their blocks as they are, or
 * their values coded again. Not thread-safe.
 */
public final class EventCopier {
  private final List<Input> inputs;
  private final Selection selection;
  private final Workers workers;
  private final LongConsumer progress;

  /** The number of the file that could not be read; −1 for none. */
  private volatile int failed = -1;

  /**
   * A file.
   *
   * @param models that its columns need
   */
  public record Input(ContainerReader container, Footer footer, ModelResolver models) {
    private ChosenEvents chosen(Selection selection) throws IOException {
      return new ChosenEvents(container, footer, models, selection);
    }

    private BlockWalk walk(BlockReader reader, ChosenEvents chosen) {
      return new BlockWalk(container, footer, reader, chosen.blocks());
    }

    private long events() {
      return footer.totals().getFirst();
    }
  }

  /**
   * Events of files.
   *
   * @param inputs all with one schema
   * @param selection of the events of all files, numbered from one to the next
   * @param progress is told how many events are written
   */
  public EventCopier(
      List<Input> inputs, Selection selection, Workers workers, LongConsumer progress) {
    this.inputs = List.copyOf(inputs);
    this.selection = selection;
    this.workers = workers;
    this.progress = progress;
  }

  /** The number of the file that could not be read; −1 where it is not known, or none. */
  public int failed() {
    return failed;
  }

  /** Something that is done with a file. */
  private interface Reading<T> {
    T get() throws IOException;
  }

  /** Does something with a file, and notes the file where that fails. */
  private <T> T with(Input input, Reading<T> reading) throws IOException {
    try {
      return reading.get();
    } catch (JetfoldException e) {
      failed = inputs.indexOf(input);
      throw e;
    }
  }

  /**
   * Copies segments of which each block is chosen or left out as a whole; events of others are
   * coded again, with what their segment adds to the columns' precisions, so that they come back as
   * the same bits.
   *
   * @param header that of the file to write; all files have its schema, precisions and models
   * @param out takes the file, and is not closed
   * @throws CutBlockException where blocks must be cut whose columns an autoencoder codes, or whose
   *     computed quantities have bounds
   */
  public TableEncoder.Written copy(FileHeader header, OutputStream out) throws IOException {
    Input first = inputs.getFirst();
    boolean mayCut = !selection.isAll();
    List<Integer> columns = mayCut ? Projection.all(header.schema()).columns() : List.of();
    boolean canCut =
        header.guarantees() == null
            && header.models().stream().allMatch(model -> model.latents() == null);
    TableEncoder encoder =
        new TableEncoder(
            FileCoding.of(header, canCut ? first.models().neededFor(columns) : List.of()),
            workers,
            true,
            out);
    copyModels(header, encoder);
    long before = 0;
    for (Input input : inputs) {
      Selection ofInput = selection.behind(before);
      with(
          input,
          () -> {
            copy(input, ofInput, encoder, canCut);
            return true;
          });
      before += input.events();
    }
    return encoder.finish();
  }

  /** Embedded models are copied from the first file that holds them. */
  private void copyModels(FileHeader header, TableEncoder encoder) throws IOException {
    for (int number = 0; number < header.models().size(); number++) {
      for (Input input : header.models().get(number).embedded() ? inputs : List.<Input>of()) {
        if (input.container().header().models().get(number).embedded()) {
          encoder.copyModel(number, input.container().readModel(number));
          break;
        }
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // The blocks of a segment have one and the same.
  private void copy(Input input, Selection ofInput, TableEncoder encoder, boolean canCut)
      throws IOException {
    ChosenEvents chosen = input.chosen(ofInput);
    FileHeader header = input.container().header();
    BlockReader heads =
        new BlockReader(
            input.container(), Projection.of(header.schema(), Set.<Integer>of()), input.models());
    BlockWalk walk = input.walk(heads, chosen);
    List<BlockWalk.Step> segment = new ArrayList<>();
    for (BlockWalk.Step step = walk.next(); step != null; step = walk.next()) {
      if (!segment.isEmpty() && segment.getFirst().distributions() != step.distributions()) {
        copy(input, segment, chosen, encoder, canCut);
        segment.clear();
      }
      segment.add(step);
    }
    if (!segment.isEmpty()) {
      copy(input, segment, chosen, encoder, canCut);
    }
  }

  private void copy(
      Input input,
      List<BlockWalk.Step> segment,
      ChosenEvents chosen,
      TableEncoder encoder,
      boolean canCut)
      throws IOException {
    FileHeader header = input.container().header();
    List<int[]> events = events(segment, chosen);
    boolean cuts = false;
    boolean some = false;
    for (int i = 0; i < events.size(); i++) {
      some |= events.get(i).length > 0;
      cuts |= events.get(i).length > 0 && events.get(i).length < segment.get(i).listed().events();
    }
    if (cuts && !canCut) {
      throw new CutBlockException(
          "some events of a block cannot be copied without the others where %s: restore those events, and compress them again"
              .formatted(
                  header.guarantees() == null
                      ? "an autoencoder codes columns, whose latents are those of the whole block"
                      : "quantities computed from columns have bounds of their own"));
    }
    if (cuts) {
      cut(input, segment, events, encoder);
      return;
    }
    if (some) {
      encoder.copy(segment.getFirst().distributions());
    }
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).length > 0) {
        SectionHead.Block block = segment.get(i).block();
        encoder.copy(
            block.head(), input.container().readAllStreams(block), segment.get(i).listed());
        progress.accept(encoder.entries());
      }
    }
  }

  /** For each block of a segment, the numbers of the chosen events in it. */
  private List<int[]> events(List<BlockWalk.Step> segment, ChosenEvents chosen) throws IOException {
    Iterator<BlockWalk.Step> steps = segment.iterator();
    List<int[]> events = new ArrayList<>();
    try (WorkAhead<int[]> found =
        new WorkAhead<>(
            workers,
            () -> {
              if (!steps.hasNext()) {
                return null;
              }
              ChosenEvents.InBlock inBlock = chosen.in(steps.next());
              return inBlock::find;
            })) {
      for (int[] next = found.next(); next != null; next = found.next()) {
        events.add(next);
      }
    }
    return events;
  }

  private void cut(
      Input input, List<BlockWalk.Step> segment, List<int[]> events, TableEncoder encoder)
      throws IOException {
    FileHeader header = input.container().header();
    BlockReader reader =
        new BlockReader(input.container(), Projection.all(header.schema()), input.models());
    BlockReader.Decoding decoding = reader.decoding(segment.getFirst().distributions());
    boolean[] kept = new boolean[header.columns().size()];
    Arrays.fill(kept, true);
    Iterator<BlockWalk.Step> steps = segment.iterator();
    Iterator<int[]> chosen = events.iterator();
    WorkAhead.Supply<RestoredEvents.Piece> supply =
        () -> {
          if (!steps.hasNext()) {
            return null;
          }
          BlockWalk.Step step = steps.next();
          int[] inBlock = chosen.next();
          return () -> RestoredEvents.restore(header, reader, step, decoding, kept, () -> inBlock);
        };
    try (RestoredEvents restored =
        new RestoredEvents(header.schema(), new WorkAhead<>(workers, supply))) {
      restored.writeTo(encoder, true, () -> progress.accept(encoder.entries()));
    }
  }

  /**
   * Codes the values of some columns again.
   *
   * @param kept for each of these columns, whether it is to come back as the same bits
   * @param keepsPhases whether events keep the phases that they had
   * @param encoder for their schema
   */
  public TableEncoder.Written recode(
      Projection projection, boolean[] kept, boolean keepsPhases, TableEncoder encoder)
      throws IOException {
    ArrayDeque<Input> left = new ArrayDeque<>(inputs);
    WorkAhead.Supply<RestoredEvents.Piece> supply =
        new WorkAhead.Supply<>() {
          private long before;
          private @Nullable OpenFile reading;

          @Override
          public @Nullable Callable<RestoredEvents.Piece> next() throws IOException {
            while (true) {
              if (reading == null) {
                Input input = left.poll();
                if (input == null) {
                  return null;
                }
                Selection ofInput = selection.behind(before);
                reading = with(input, () -> new OpenFile(input, ofInput, projection, kept));
                before += input.events();
              }
              OpenFile file = reading;
              Restoring work =
                  with(file.input, () -> Optional.ofNullable(file.next())).orElse(null);
              if (work != null) {
                return () -> with(file.input, work);
              }
              reading = null;
            }
          }
        };
    try (RestoredEvents restored =
        new RestoredEvents(projection.schema(), new WorkAhead<>(workers, supply))) {
      restored.writeTo(encoder, keepsPhases, () -> progress.accept(encoder.entries()));
    }
    return encoder.finish();
  }

  /** Restores events of a block. */
  private interface Restoring extends Reading<RestoredEvents.Piece> {}

  /** A file whose events are restored. */
  private static final class OpenFile {
    private final Input input;
    private final ChosenEvents chosen;
    private final BlockReader reader;
    private final BlockWalk walk;
    private final boolean[] kept;

    OpenFile(Input input, Selection selection, Projection projection, boolean[] kept)
        throws IOException {
      this.input = input;
      this.kept = kept;
      chosen = input.chosen(selection);
      reader = new BlockReader(input.container(), projection, input.models());
      walk = input.walk(reader, chosen);
    }

    @Nullable Restoring next() throws IOException {
      BlockWalk.Step step = walk.next();
      if (step == null) {
        return null;
      }
      ChosenEvents.InBlock inBlock = chosen.in(step);
      return () ->
          RestoredEvents.restore(
              input.container().header(), reader, step, step.decoding(), kept, inBlock);
    }
  }
}
