package org.jetfold.train.density;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.density.ModelColumn;
import org.jetfold.codec.density.ModelDescription;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.train.RowWeights;
import org.jetfold.train.UntrainableTableException;
import org.jetfold.train.sampling.ThinnedColumns;
import org.jspecify.annotations.Nullable;

/**
 * Reads samples of one or more tables in bounded memory: whole events, evenly spread, of the
 * collection with the most float values, or of each. Not thread-safe.
 */
public final class SampleReader {
  /** About how many values are enough for a model: some hundred megabytes. */
  public static final long MAX_VALUES = 16_000_000;

  /** A collection among several gets at least one in so many of the values. */
  private static final int MIN_SHARE = 64;

  private final Columns wanted;
  private final List<String> order;
  private final @Nullable ModelDescription start;
  private final long maxValues;
  private final List<GroupSample> groups = new ArrayList<>();

  /** Which columns are read. */
  private enum Columns {
    /** Those of the group with the most float values. */
    OF_LARGEST,
    /** Those of each group. */
    OF_EACH,
    /** Those of the order, and no others. */
    OF_ORDER
  }

  private SampleReader(
      Columns wanted, List<String> order, @Nullable ModelDescription start, long maxValues) {
    this.wanted = wanted;
    this.order = List.copyOf(order);
    this.start = start;
    this.maxValues = maxValues;
  }

  /**
   * A reader of the collection with the most float values.
   *
   * @param order names of the columns that are coded first; columns that fall or rise within events
   *     follow, then the others in the order of the table
   * @param maxValues about how many values to keep
   */
  public SampleReader(List<String> order, long maxValues) {
    this(Columns.OF_LARGEST, order, null, maxValues);
  }

  /** A reader of as many values as are enough, with no order asked for. */
  public SampleReader() {
    this(List.of(), MAX_VALUES);
  }

  /**
   * A reader of all collections, and of the values of events.
   *
   * @param order names of the columns that are coded first in each collection that has them
   * @param maxValues about how many values to keep, of all collections together
   */
  public static SampleReader ofEach(List<String> order, long maxValues) {
    return new SampleReader(Columns.OF_EACH, order, null, maxValues);
  }

  /**
   * A reader of the columns of a density model from which a training starts, in their order.
   *
   * @throws IllegalArgumentException where it is a model of another kind
   */
  public static SampleReader startingFrom(LearnedModel model, long maxValues) {
    ModelDescription description = TrainingSettings.density(model).description();
    return new SampleReader(
        Columns.OF_ORDER,
        description.columns().stream().map(ModelColumn::name).toList(),
        description,
        maxValues);
  }

  /**
   * Reads a table to its end.
   *
   * @param resolved the precision of each of its columns
   * @throws UntrainableTableException where its columns or their precisions differ from those of
   *     the tables before, or none of its columns can be modelled
   */
  public void read(TableSource source, List<Precision> resolved) throws IOException {
    read(source, resolved, null);
  }

  /**
   * As above, with weights.
   *
   * @param weights how much rows count; null for 1 each; for all tables or none
   */
  public void read(TableSource source, List<Precision> resolved, @Nullable RowWeights weights)
      throws IOException {
    boolean isFirst = true;
    for (Table piece = source.next(ThinnedColumns.PIECE_ROWS);
        piece != null;
        piece = source.next(ThinnedColumns.PIECE_ROWS)) {
      if (groups.isEmpty()) {
        choose(piece, resolved, weights == null ? -1 : weights.column());
      }
      // Of every piece, since they are counted for messages.
      double[] ofEvents = weights == null ? null : weights.ofEvents(piece);
      for (GroupSample group : groups) {
        group.offer(piece, resolved, isFirst, ofEvents);
      }
      isFirst = false;
    }
  }

  private void choose(Table piece, List<Precision> resolved, int weight) {
    List<ModelledGroup> chosen =
        switch (wanted) {
          case OF_LARGEST -> List.of(ModelledGroup.choose(piece, resolved, weight, order));
          case OF_EACH -> ModelledGroup.each(piece, resolved, weight, order);
          case OF_ORDER ->
              List.of(
                  ModelledGroup.named(
                      piece.schema(), order, start == null ? null : start.collection()));
        };
    double all = chosen.stream().mapToLong(group -> group.values(piece)).sum();
    for (ModelledGroup group : chosen) {
      double share = all > 0 ? group.values(piece) / all : 1;
      long most =
          chosen.size() == 1
              ? maxValues
              : Math.max(maxValues / MIN_SHARE, (long) (maxValues * share));
      groups.add(
          new GroupSample(
              group, resolved, weight, most, start, list -> isBefore(piece, list, group.group())));
    }
  }

  /**
   * Whether the entries of a list may be known where a group is coded. Smaller collections are
   * coded first, whichever of them a training is of: so models of single collections suit each
   * other.
   */
  private static boolean isBefore(Table piece, int list, int group) {
    Schema schema = piece.schema();
    if (depth(schema, list) != depth(schema, group)) {
      return depth(schema, list) < depth(schema, group);
    }
    long ofList = (long) piece.entries(list) * schema.groups().get(list).columns().size();
    long ofGroup = (long) piece.entries(group) * schema.groups().get(group).columns().size();
    return ofList == ofGroup ? list < group : ofList < ofGroup;
  }

  private static int depth(Schema schema, int group) {
    int depth = 0;
    for (int above = group; above > 0; above = schema.parent(above)) {
      depth++;
    }
    return depth;
  }

  /** The sample of all tables so far, whose unit of energies is estimated; otherwise as below. */
  public TrainingSample sample() {
    return sample(null);
  }

  /**
   * The sample of all tables so far; where several collections are read, that of the one with the
   * most values.
   *
   * @param unit of energies, as the caller states it; null to estimate it
   * @throws UntrainableTableException where they have no rows, or energies in different units
   */
  public TrainingSample sample(@Nullable EnergyUnit unit) {
    return samples(unit).getFirst();
  }

  /**
   * The samples of all tables so far, those with the most values first.
   *
   * @param unit of energies, as the caller states it; null to estimate it
   * @throws UntrainableTableException where they have no rows, or energies in different units
   */
  public List<TrainingSample> samples(@Nullable EnergyUnit unit) {
    if (groups.isEmpty()) {
      throw new UntrainableTableException("has no rows to train on");
    }
    List<GroupSample> largestFirst = new ArrayList<>(groups);
    if (groups.size() > 1) {
      largestFirst.removeIf(group -> !group.isCoded());
    }
    if (largestFirst.isEmpty()) {
      throw ModelledGroup.withoutFloats();
    }
    largestFirst.sort((a, b) -> Long.compare(b.values(), a.values()));
    return largestFirst.stream().map(group -> group.sample(unit)).toList();
  }
}
