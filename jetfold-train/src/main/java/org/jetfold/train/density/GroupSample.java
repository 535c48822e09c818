package org.jetfold.train.density;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.jetfold.codec.density.ModelDescription;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.quantize.SpikeFinder;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.train.KnownUnit;
import org.jetfold.train.UntrainableTableException;
import org.jetfold.train.autoencoder.EnergyNames;
import org.jetfold.train.sampling.EnergyUnits;
import org.jetfold.train.sampling.RelativeWeights;
import org.jetfold.train.sampling.ThinnedColumns;
import org.jspecify.annotations.Nullable;

/** A sample of the columns of one group that a model codes. Not thread-safe. */
final class GroupSample {
  private static final long PHASES_SEED = 1;

  /** With fewer values, what is known of rows tells less than its weights take. */
  private static final long MIN_VALUES_FOR_CONTEXTS = 10_000;

  /** So many places are told apart in lists of different lengths. */
  static final int MIN_PLACES = 8;

  private static final int MAX_PLACES = 64;

  private final ModelledGroup group;
  private final List<Precision> precisions;
  private final ContextColumns contexts;
  private final ThinnedColumns sampled;
  private final EnergyUnits units;
  private boolean isWeighted;

  /** The model from which the training starts, which has fixed everything; null for none. */
  private final @Nullable ModelDescription start;

  /**
   * A sample of nothing.
   *
   * @param precisions of all columns of the table
   * @param weight the column of the events' weights, which is no context; −1 for none
   * @param maxValues about how many values to keep
   * @param start the model from which the training starts; null for none
   * @param isBefore whether a group's lists are coded before this group
   * @throws UntrainableTableException where the table lacks what that model knows of each row
   */
  GroupSample(
      ModelledGroup group,
      List<Precision> precisions,
      int weight,
      long maxValues,
      @Nullable ModelDescription start,
      IntPredicate isBefore) {
    this.group = group;
    this.precisions = group.columns().stream().map(precisions::get).toList();
    this.start = start;
    contexts =
        start == null
            ? ContextColumns.of(group.schema(), group.group(), precisions, weight, isBefore)
            : ContextColumns.named(group.schema(), group.group(), start.contexts());
    sampled = new ThinnedColumns(maxValues);
    units =
        new EnergyUnits(
            group.described(),
            group.described().stream().map(column -> EnergyNames.isEnergy(column.name())).toList());
  }

  ModelledGroup group() {
    return group;
  }

  /**
   * Takes the next piece of a table, or leaves it out.
   *
   * @param resolved the precision of each of the table's columns
   * @param isFirst whether it begins a table
   * @param ofEvents the weights of its events; null for 1 each
   */
  void offer(Table piece, List<Precision> resolved, boolean isFirst, double @Nullable [] ofEvents) {
    isWeighted = ofEvents != null;
    ThinnedColumns.requireAlike(group.schema(), piece.schema());
    List<Integer> columns = group.columns();
    if (!columns.stream().map(resolved::get).toList().equals(precisions)) {
      throw new UntrainableTableException("has other precisions than the tables before");
    }
    if (isFirst) {
      units.beginTable();
    }
    if (units.momentum() >= 0) {
      units.add(piece.values(columns.get(units.momentum())));
    }
    sampled.offer(
        piece,
        group.group(),
        () -> {
          List<ColumnValues> kept = new ArrayList<>();
          columns.forEach(column -> kept.add(piece.values(column)));
          if (ofEvents != null) {
            kept.add(
                new ColumnValues.Doubles(
                    RelativeWeights.ofEntries(piece, group.group(), ofEvents)));
          }
          return kept;
        },
        () -> contexts.of(piece));
  }

  /** The number of values so far. */
  long values() {
    return (long) sampled.rows() * group.columns().size();
  }

  /**
   * The sample so far.
   *
   * @param unit of energies, as the caller states it; null to estimate it
   * @throws UntrainableTableException where the tables have energies in different units
   */
  TrainingSample sample(@Nullable EnergyUnit unit) {
    List<Integer> coded = coded();
    if (coded.isEmpty()) {
      throw ModelledGroup.withoutFloats();
    }
    List<Column> columns = coded.stream().map(group.described()::get).toList();
    List<Precision> settings = coded.stream().map(precisions::get).toList();
    int[] offsets = sampled.offsets();
    byte[] phases = phases(offsets);
    long[][] symbols = new long[columns.size()][];
    List<SegmentScale> scales = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      Precision setting = settings.get(column);
      ColumnValues values = values(coded.get(column), columns.get(column).type());
      Quantizer quantizer = Quantizer.of(setting, columns.get(column).type());
      SegmentScale scale = scale(setting, quantizer, values);
      symbols[column] = new long[values.size()];
      quantizer.of(scale).quantize(values, 0, values.size(), phases, 0, symbols[column]);
      scales.add(scale);
    }
    return new TrainingSample(
        new TrainingData(
            columns,
            settings,
            scales,
            group.collection(),
            symbols,
            offsets,
            contexts(symbols),
            places(offsets),
            phases,
            isWeighted ? weights() : null),
        sampled.isComplete(),
        movedUp(coded, columns),
        group.others(coded.stream().map(group.columns()::get).toList()),
        Objects.requireNonNullElse(units.find(unit), KnownUnit.NONE));
  }

  private double[] weights() {
    return values(group.columns().size(), ValueType.FLOAT64)
            instanceof ColumnValues.Doubles(double[] given)
        ? RelativeWeights.of(given)
        : new double[0];
  }

  private RowContexts contexts(long[][] symbols) {
    if (start != null) {
      return contexts.joined(sampled.pieces());
    }
    return (long) symbols.length * sampled.rows() < MIN_VALUES_FOR_CONTEXTS
        ? RowContexts.NONE
        : new TellingContexts(symbols).of(contexts.joined(sampled.pieces()));
  }

  /** Places of a list of a fixed length are told apart, as each means something. */
  private int places(int[] offsets) {
    if (start != null) {
      return start.places();
    }
    if (group.collection().isEmpty()) {
      return 0;
    }
    int length = 0;
    for (int event = 0; event + 1 < offsets.length; event++) {
      int own = offsets[event + 1] - offsets[event];
      if (own > 0 && length > 0 && own != length) {
        return MIN_PLACES;
      }
      length = Math.max(length, own);
    }
    return Math.clamp(length, MIN_PLACES, MAX_PLACES);
  }

  /** The values of a column in all pieces. */
  private ColumnValues values(int column, ValueType type) {
    ColumnValues all = ColumnValues.zeros(type, sampled.rows());
    int at = 0;
    for (ThinnedColumns.Piece piece : sampled.pieces()) {
      piece.columns().get(column).slice(0, piece.rows()).copyTo(all, at);
      at += piece.rows();
    }
    return all;
  }

  /** The spikes of a column, and whether phases shift it. */
  private static SegmentScale scale(Precision setting, Quantizer quantizer, ColumnValues values) {
    if (!setting.isLossy()) {
      return SegmentScale.PLAIN;
    }
    SegmentScale found = new SpikeFinder(setting, quantizer).look(values);
    return new SegmentScale(found.spikes(), found.dithered(), 0, 0);
  }

  /** Random phases, always the same: which ones does not matter in training. */
  private static byte[] phases(int[] offsets) {
    SplittableRandom random = new SplittableRandom(PHASES_SEED);
    byte[] phases = new byte[offsets[offsets.length - 1]];
    for (int event = 0; event < offsets.length - 1; event++) {
      Arrays.fill(phases, offsets[event], offsets[event + 1], (byte) random.nextInt(256));
    }
    return phases;
  }

  /** Whether a model codes any of the columns. */
  boolean isCoded() {
    return !coded().isEmpty();
  }

  /**
   * The order of the columns: those that were asked for, those with an order, other floats, and
   * integers with few values.
   */
  private List<Integer> coded() {
    List<Integer> coded = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    List<Integer> integers = new ArrayList<>();
    for (int column = 0; column < group.columns().size(); column++) {
      if (column < group.asked()) {
        coded.add(column);
      } else if (!isFloat(column)) {
        integers.add(column);
      } else if (start == null && hasOrder(column)) {
        coded.add(column);
      } else {
        others.add(column);
      }
    }
    coded.addAll(others);
    coded.addAll(
        CodedIntegers.of(
            integers,
            column -> values(column, group.described().get(column).type()),
            sampled.isComplete()));
    return coded;
  }

  private boolean isFloat(int column) {
    return group.described().get(column).type().isFloat();
  }

  private List<String> movedUp(List<Integer> coded, List<Column> columns) {
    List<String> names = new ArrayList<>();
    for (int place = group.asked(); place < coded.size(); place++) {
      if (coded.get(place) > place && isFloat(coded.get(place))) {
        names.add(columns.get(place).name());
      }
    }
    return names;
  }

  private boolean hasOrder(int column) {
    OrderWithinEvents found = new OrderWithinEvents();
    for (ThinnedColumns.Piece piece : sampled.pieces()) {
      found.add(piece.columns().get(column), piece.offsets());
    }
    return found.isFound();
  }
}
