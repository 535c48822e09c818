package org.jetfold.train.density;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jetfold.codec.density.ModelColumn;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.quantize.SpikeFinder;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.train.KnownUnit;
import org.jetfold.train.UntrainableTableException;
import org.jetfold.train.autoencoder.EnergyNames;
import org.jetfold.train.sampling.EnergyUnits;
import org.jetfold.train.sampling.ThinnedColumns;
import org.jspecify.annotations.Nullable;

/**
 * Reads a sample of one or more tables in bounded memory: whole events, evenly spread. Not
 * thread-safe.
 */
public final class SampleReader {
  /** About how many values are enough for a model: some hundred megabytes. */
  public static final long MAX_VALUES = 16_000_000;

  private static final long PHASES_SEED = 1;

  private final List<String> order;

  /** Whether the columns of the order are all that are read. */
  private final boolean only;

  private final ThinnedColumns sampled;
  private @Nullable ModelledGroup modelled;
  private @Nullable EnergyUnits units;
  private List<Precision> precisions = List.of();

  /**
   * A reader.
   *
   * @param order names of the columns that are coded first; columns that fall or rise within events
   *     follow, then the others in the order of the table
   * @param maxValues about how many values to keep
   */
  public SampleReader(List<String> order, long maxValues) {
    this(order, false, maxValues);
  }

  private SampleReader(List<String> order, boolean only, long maxValues) {
    this.order = List.copyOf(order);
    this.only = only;
    sampled = new ThinnedColumns(maxValues);
  }

  /**
   * A reader of the columns of a density model from which a training starts, in their order.
   *
   * @throws IllegalArgumentException where it is a model of another kind
   */
  public static SampleReader startingFrom(LearnedModel model, long maxValues) {
    return new SampleReader(
        TrainingSettings.density(model).description().columns().stream()
            .map(ModelColumn::name)
            .toList(),
        true,
        maxValues);
  }

  /** A reader of as many values as are enough, with no order asked for. */
  public SampleReader() {
    this(List.of(), MAX_VALUES);
  }

  /**
   * Reads a table to its end.
   *
   * @param resolved the precision of each of its columns
   * @throws UntrainableTableException where its columns or their precisions differ from those of
   *     the tables before, or none of its columns can be modelled
   */
  public void read(TableSource source, List<Precision> resolved) throws IOException {
    boolean isFirst = true;
    for (Table piece = source.next(ThinnedColumns.PIECE_ROWS);
        piece != null;
        piece = source.next(ThinnedColumns.PIECE_ROWS)) {
      offer(piece, resolved, isFirst);
      isFirst = false;
    }
  }

  private void offer(Table piece, List<Precision> resolved, boolean isFirst) {
    ModelledGroup group = modelled;
    if (group == null) {
      group =
          only
              ? ModelledGroup.named(piece.schema(), order)
              : ModelledGroup.choose(piece, resolved, order);
      modelled = group;
      precisions = group.columns().stream().map(resolved::get).toList();
    }
    ThinnedColumns.requireAlike(group.schema(), piece.schema());
    if (!group.columns().stream().map(resolved::get).toList().equals(precisions)) {
      throw new UntrainableTableException("has other precisions than the tables before");
    }
    List<Integer> columns = group.columns();
    EnergyUnits energies = units(group);
    if (isFirst) {
      energies.beginTable();
    }
    if (energies.momentum() >= 0) {
      energies.add(piece.values(columns.get(energies.momentum())));
    }
    sampled.offer(piece, group.group(), () -> columns.stream().map(piece::values).toList());
  }

  private EnergyUnits units(ModelledGroup group) {
    EnergyUnits known = units;
    if (known == null) {
      List<Column> described = group.described();
      known =
          new EnergyUnits(
              described,
              described.stream().map(column -> EnergyNames.isEnergy(column.name())).toList());
      units = known;
    }
    return known;
  }

  /** The sample of all tables so far, whose unit of energies is estimated; otherwise as below. */
  public TrainingSample sample() {
    return sample(null);
  }

  /**
   * The sample of all tables so far.
   *
   * @param unit of energies, as the caller states it; null to estimate it
   * @throws UntrainableTableException where they have no rows, or energies in different units
   */
  public TrainingSample sample(@Nullable EnergyUnit unit) {
    ModelledGroup group = modelled;
    if (group == null) {
      throw new UntrainableTableException("has no rows to train on");
    }
    List<Integer> coded = coded(group.columns().size());
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
        new TrainingData(columns, settings, scales, group.collection(), symbols, offsets, phases),
        sampled.isComplete(),
        movedUp(coded, columns),
        group.others(),
        Objects.requireNonNullElse(units(group).find(unit), KnownUnit.NONE));
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

  /** The order of so many columns: those that were asked for, those with an order, the others. */
  private List<Integer> coded(int columns) {
    List<Integer> coded = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      boolean isFirst = column < order.size() || hasOrder(column);
      (isFirst ? coded : others).add(column);
    }
    coded.addAll(others);
    return coded;
  }

  private List<String> movedUp(List<Integer> coded, List<Column> columns) {
    List<String> names = new ArrayList<>();
    for (int place = order.size(); place < coded.size(); place++) {
      if (coded.get(place) > place) {
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
