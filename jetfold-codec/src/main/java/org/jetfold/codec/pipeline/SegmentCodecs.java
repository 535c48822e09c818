package org.jetfold.codec.pipeline;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetfold.codec.container.ScaleFields;
import org.jetfold.codec.file.FileHeader.ColumnCoding;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;

/**
 * What turns each column's values in one segment into symbols, and which columns static
 * distributions code there. Not thread-safe while columns are left to static distributions.
 */
public final class SegmentCodecs {
  private final FileCoding coding;
  private final EncodingContext context;
  private final Table table;
  private final EventPhases phases;
  private final KnownColumns known;

  /** Columns of which the restored values are kept. */
  private final Set<Integer> kept = new HashSet<>();

  private final ColumnCodec[] codecs;
  private final boolean[] isStatic;

  /** As the plan has it: each column that has a model is coded by it. */
  SegmentCodecs(
      FileCoding coding,
      EncodingContext context,
      Table table,
      EventPhases phases,
      KnownColumns known) {
    this.coding = coding;
    this.context = context;
    this.table = table;
    this.phases = phases;
    this.known = known;
    codecs = new ColumnCodec[table.schema().columns().size()];
    isStatic = new boolean[codecs.length];
    context
        .workers()
        .forEach(
            codecs.length,
            column -> {
              isStatic[column] = coding.header().columns().get(column).coding() == 0;
              codecs[column] = codec(column, coding.coderOf(column));
            });
  }

  private SegmentCodecs(SegmentCodecs other) {
    coding = other.coding;
    context = other.context;
    table = other.table;
    phases = other.phases;
    known = other.known;
    kept.addAll(other.kept);
    codecs = other.codecs.clone();
    isStatic = other.isStatic.clone();
  }

  private ColumnCodec codec(int column, ColumnCoder coder) {
    ColumnCodec ofTable = context.codecs().get(column);
    Schema schema = table.schema();
    ColumnCoding ofColumn = coding.header().columns().get(column);
    ColumnCodec ofSegment = ofTable;
    if (ScaleFields.hasScale(ofColumn.precision())) {
      ofSegment =
          ofTable.inSegment(
              coder,
              column,
              table.values(column),
              known.scale(column),
              () -> phases.of(schema.groupOf(column)));
    } else if (ScaleFields.mayHaveDecimals(ofTable.column().type(), ofColumn)) {
      ofSegment = ofTable.inDecimals(table.values(column));
    }
    return kept.contains(column) ? keeping(ofSegment, column) : ofSegment;
  }

  private ColumnCodec keeping(ColumnCodec codec, int column) {
    return codec.keeping(ColumnValues.zeros(codec.column().type(), table.values(column).size()));
  }

  /** Has the codecs of some columns keep what they restore. */
  void keep(List<Integer> columns) {
    kept.addAll(columns);
    columns.forEach(column -> codecs[column] = keeping(codecs[column], column));
  }

  /**
   * Whether a model would not restore a column as another file has it, because it shifts the grid
   * where that does not, or not where it does.
   */
  boolean mustBeStatic(int column, ColumnCoder model) {
    SegmentScale before = known.scale(column);
    return before != null && model.scaleOfSymbols(column, before).dithered() != before.dithered();
  }

  /** The codec of a column. */
  public ColumnCodec get(int column) {
    return codecs[column];
  }

  /** Whether static distributions code a column in this segment. */
  boolean isStatic(int column) {
    return isStatic[column];
  }

  /** These, but with some columns left to static distributions. */
  SegmentCodecs withStatic(List<Integer> columns) {
    SegmentCodecs changed = new SegmentCodecs(this);
    context
        .workers()
        .forEach(
            columns.size(),
            i -> {
              int column = columns.get(i);
              changed.leaveToStatic(column, codec(column, coding.staticCoder()));
            });
    return changed;
  }

  /**
   * Leaves a column to static distributions, though it has a model.
   *
   * @param codec of the column without its model
   */
  void leaveToStatic(int column, ColumnCodec codec) {
    isStatic[column] = true;
    codecs[column] = codec;
  }

  /** The phases of the entries of a group. */
  byte[] phases(int group) {
    return phases.of(group);
  }
}
