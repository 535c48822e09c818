package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.EventOrder;
import org.jetfold.codec.density.ModelColumn;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.quantize.SegmentQuantizer;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.quantize.SpikeFinder;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.text.Quantities;
import org.jspecify.annotations.Nullable;

/**
 * Codes the columns of a density model: all of them, in the model's order.
 *
 * @param model the model
 * @param group the group that the columns are in
 * @param columns for each column of the model, its number in the table
 * @param contexts what it knows and does not code
 * @param always whether it codes them in all segments, also where static distributions take fewer
 *     bytes
 * @param unit the unit of energies in the table, as somebody said; null where the table tells
 */
record DensityCoder(
    DensityModel model,
    int group,
    List<Integer> columns,
    DensityContexts contexts,
    boolean always,
    @Nullable EnergyUnit unit)
    implements ColumnCoder {
  /**
   * Finds a model's columns in a table: in the collection that it was made for, if all are there.
   *
   * @throws ModelException where one is missing or of another type, or the model needs events that
   *     the table lacks
   */
  static DensityCoder of(
      Schema schema, DensityModel model, boolean always, @Nullable EnergyUnit unit) {
    String collection = model.description().collection();
    return of(schema, model, collection == null ? -1 : schema.group(collection), always, unit);
  }

  /**
   * As above.
   *
   * @param preferred the number of the group that the columns are in if it has all of them; −1 for
   *     none
   */
  static DensityCoder of(
      Schema schema, DensityModel model, int preferred, boolean always, @Nullable EnergyUnit unit) {
    List<ModelColumn> wanted = model.description().columns();
    List<String> names = wanted.stream().map(ModelColumn::name).toList();
    ModelColumns found = ModelColumns.find(schema, names, preferred);
    for (int j = 0; j < wanted.size(); j++) {
      Column column = schema.columns().get(found.columns().get(j));
      if (column.type() != wanted.get(j).type()) {
        throw new ModelException(
            "column %s is of type %s, but the model codes it as %s"
                .formatted(column.name(), column.type(), wanted.get(j).type()));
      }
    }
    if (model.description().events() && found.group() == 0) {
      throw new ModelException(
          "the model tells jets of an event apart, but the table has no events: give it its event"
              + " boundaries, or use a model that was trained without events");
    }
    return new DensityCoder(
        model,
        found.group(),
        found.columns(),
        DensityContexts.of(schema, model, found.group()),
        always,
        unit);
  }

  /** The precision that one of the model's columns was trained for. */
  Precision trainedPrecision(int column) {
    return model.description().columns().get(column).precision();
  }

  /**
   * Checks that the columns have the precisions that the model was trained for.
   *
   * @param precisions one for each column of the table
   * @throws ModelException where one differs; its message names all such columns
   */
  void requirePrecisions(Schema schema, List<Precision> precisions) {
    List<String> differing = new ArrayList<>();
    for (int j = 0; j < columns.size(); j++) {
      Precision asked = precisions.get(columns.get(j));
      if (!asked.equals(trainedPrecision(j))) {
        differing.add(
            "%s (%s, the model: %s)"
                .formatted(
                    schema.columns().get(columns.get(j)).name(), asked, trainedPrecision(j)));
      }
    }
    if (!differing.isEmpty()) {
      throw new ModelException(
          "the model was trained for other precisions of %s: use these, or train a model for yours"
              .formatted(Quantities.names(differing)));
    }
  }

  @Override
  public List<Integer> decodedBefore(int column) {
    List<Integer> before = new ArrayList<>(contexts.columns());
    before.addAll(columns.subList(0, columns.indexOf(column)));
    return before;
  }

  @Override
  public List<Integer> contextColumns() {
    return contexts.columns();
  }

  @Override
  public List<Integer> contextLists() {
    return contexts.lists();
  }

  private SegmentScale scaleOfModel(int column) {
    return model.description().columns().get(columns.indexOf(column)).scale();
  }

  @Override
  public SegmentScale scaleOfSymbols(int column, SegmentScale inSegment) {
    SegmentScale ofModel = scaleOfModel(column);
    return ofModel.dithered()
        ? new SegmentScale(ofModel.spikes(), true, inSegment.lowest(), inSegment.highest())
        : ofModel;
  }

  @Override
  public SegmentScale look(int column, SpikeFinder finder, ColumnValues values) {
    return finder.look(values, scaleOfModel(column));
  }

  /** Whether the phases of events shift the grid of a column; so it is in all segments. */
  boolean isDithered(int column) {
    return scaleOfModel(column).dithered();
  }

  /**
   * What tells the network which symbols the values of a column have that it does not code itself.
   */
  SegmentQuantizer quantizer(int column) {
    ModelColumn described = model.description().columns().get(columns.indexOf(column));
    return Quantizer.of(described.precision(), described.type()).of(described.scale());
  }

  /**
   * The model's column that the symbols of one are told relative to; −1 where there is none.
   *
   * @param j the number of a column in the model
   */
  int reference(int j) {
    return model.alphabets().get(j).reference();
  }

  @Override
  public SegmentEncoder encoder(EncodingContext context) {
    return new DensitySegmentEncoder(this, context);
  }

  @Override
  public BlockDecoder decoder(ContainerReader container, List<Integer> wanted) {
    return new DensityBlockDecoder(this, wanted);
  }

  /**
   * The order in which a block's rows are coded.
   *
   * @param offsets where the lists of the group's parent entries start in the block; not looked at
   *     where the model knows no events
   * @param rows the group's entries in the block
   * @param phases gives the phase of each row, if they are asked for
   */
  EventOrder order(int[] offsets, int rows, Supplier<byte[]> phases) {
    EventOrder order =
        model.description().events() ? EventOrder.of(offsets) : EventOrder.withoutEvents(rows);
    return model.description().isDithered() ? order.withPhases(phases.get()) : order;
  }
}
