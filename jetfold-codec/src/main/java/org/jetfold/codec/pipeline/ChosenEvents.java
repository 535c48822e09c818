package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.BitSet;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.container.SectionHead;
import org.jetfold.codec.derived.EventCondition;
import org.jetfold.codec.derived.EventCondition.Limits;
import org.jetfold.codec.file.ColumnStatistics.Range;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.selection.Selection;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * The events of a file that a {@link Selection} means. What the footer says of blocks spares the
 * reading of those that have none of them. Not thread-safe, but for what {@link #in} gives.
 */
public final class ChosenEvents {
  private static final double TWO_TO_64 = 0x1p64;

  private final Selection selection;
  private final Footer footer;
  private final IntPredicate wanted;
  private final @Nullable Condition condition;

  /**
   * A condition, and what reads the columns that it looks at.
   *
   * @param reader of these columns alone
   * @param event the condition on the tables that the reader gives
   */
  private record Condition(BlockReader reader, EventCondition event) {}

  private SectionHead.@Nullable Distributions distributions;
  private BlockReader.@Nullable Decoding decoding;

  /**
   * Finds the blocks that may have chosen events.
   *
   * @throws org.jetfold.codec.derived.DerivedQuantityException where the condition does not suit
   *     the file's columns
   * @throws IOException where a model that they need cannot be read
   */
  public ChosenEvents(
      ContainerReader container, Footer footer, ModelResolver models, Selection selection)
      throws IOException {
    this.selection = selection;
    this.footer = footer;
    Schema schema = container.header().schema();
    wanted = blocks(schema, footer, selection);
    EventCondition onFile = condition(schema, selection);
    if (onFile == null) {
      condition = null;
    } else {
      Projection columns = Projection.of(schema, new TreeSet<>(onFile.columns()));
      condition = new Condition(new BlockReader(container, columns, models), onFile.in(columns));
    }
  }

  private static @Nullable EventCondition condition(Schema schema, Selection selection) {
    return selection.condition().map(text -> EventCondition.of(text, schema)).orElse(null);
  }

  /**
   * The numbers of the blocks that may have chosen events.
   *
   * @throws org.jetfold.codec.derived.DerivedQuantityException as the constructor
   */
  public static IntPredicate blocks(Schema schema, Footer footer, Selection selection) {
    if (selection.isAll()) {
      return BlockWalk.ALL;
    }
    EventCondition condition = condition(schema, selection);
    BitSet wanted = new BitSet();
    for (Footer.Section.Block block : footer.blocks()) {
      wanted.set(
          block.number(),
          inRange(block, selection) > 0
              && (condition == null || isPossible(condition, block, schema)));
    }
    return wanted::get;
  }

  /** How many events of a block are among those that a selection numbers. */
  private static long inRange(Footer.Section.Block block, Selection selection) {
    long from = Math.max(block.first(), selection.from());
    long to = Math.min(block.first() + block.events(), selection.to());
    return Math.max(0, to - from);
  }

  private static boolean isPossible(
      EventCondition condition, Footer.Section.Block block, Schema schema) {
    return block.columns().isEmpty()
        || condition.isPossible(column ->
            limits(block.columns().get(column).range(), schema.columns().get(column).type()));
  }

  private static @Nullable Limits limits(@Nullable Range range, ValueType type) {
    return switch (range) {
      case null -> null;
      case Range.OfFloats(double lowest, double highest) -> new Limits(lowest, highest);
      case Range.OfIntegers(long lowest, long highest) ->
          new Limits(number(lowest, type), number(highest, type));
    };
  }

  private static double number(long integer, ValueType type) {
    return type == ValueType.UINT64 && integer < 0 ? integer + TWO_TO_64 : integer;
  }

  /** The numbers of the blocks that may have chosen events. */
  IntPredicate blocks() {
    return wanted;
  }

  /** How many events are chosen, where that is known before they are read. */
  public OptionalLong number() {
    return condition == null
        ? OptionalLong.of(
            footer.blocks().stream().mapToLong(block -> inRange(block, selection)).sum())
        : OptionalLong.empty();
  }

  /** Looks for the chosen events of a block. Safe for use by another thread. */
  interface InBlock {
    /** Their numbers in the block, in increasing order. */
    int[] find() throws IOException;
  }

  /** What looks for the chosen events of a block. */
  @SuppressWarnings("ReferenceEquality") // The blocks of a segment have one and the same.
  InBlock in(BlockWalk.Step step) throws IOException {
    Footer.Section.Block block = step.listed();
    int from = (int) Math.max(0, selection.from() - block.first());
    int to = (int) Math.min(block.events(), selection.to() - block.first());
    Condition asked = condition;
    if (asked == null) {
      return () -> IntStream.range(from, to).toArray();
    }
    if (step.distributions() != distributions) {
      distributions = step.distributions();
      decoding = asked.reader().decoding(step.distributions());
    }
    BlockReader.Decoding ready = Objects.requireNonNull(decoding);
    return () -> {
      boolean[] meant = asked.event().chosen(asked.reader().read(step.block(), ready));
      return IntStream.range(from, to).filter(event -> meant[event]).toArray();
    };
  }
}
