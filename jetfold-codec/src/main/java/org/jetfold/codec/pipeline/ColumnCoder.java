package org.jetfold.codec.pipeline;

import java.util.List;
import java.util.TreeSet;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.quantize.SpikeFinder;
import org.jetfold.codec.table.ColumnValues;

/**
 * What codes some columns of a table, on both sides: with static distributions, or with a learned
 * model of some kind. Immutable and safe to share.
 */
public interface ColumnCoder {
  /** The columns that it codes, by their numbers in the table. */
  List<Integer> columns();

  /** The columns that it looks at, whether it codes them or not. */
  default List<Integer> seenColumns() {
    return columns();
  }

  /**
   * Columns of other coders whose values must be known before those of {@link #columns} are coded.
   */
  default List<Integer> contextColumns() {
    return List.of();
  }

  /**
   * Groups of which it must be known where their lists start, beside those of {@link #columns} and
   * {@link #contextColumns}.
   */
  default List<Integer> contextLists() {
    return List.of();
  }

  /** Columns whose values must be decoded before those of one of {@link #columns} can be. */
  List<Integer> decodedBefore(int column);

  /**
   * What the symbols of a column mean in a segment: as the segment says, or as a model has fixed
   * it.
   *
   * @param inSegment what the segment adds to the column's precision
   */
  default SegmentScale scaleOfSymbols(int column, SegmentScale inSegment) {
    return inSegment;
  }

  /**
   * All that a segment and a model add to a column's precision: every value that comes back bit for
   * bit, whether the grid is shifted, and the range.
   *
   * @param inSegment what the segment adds
   */
  default SegmentScale wholeScale(int column, SegmentScale inSegment) {
    SegmentScale ofSymbols = scaleOfSymbols(column, inSegment);
    TreeSet<Long> spikes = new TreeSet<>(ofSymbols.spikes());
    spikes.addAll(inSegment.spikes());
    return new SegmentScale(
        List.copyOf(spikes), ofSymbols.dithered(), inSegment.lowest(), inSegment.highest());
  }

  /**
   * What a segment's values add to a column's precision.
   *
   * @param finder looks at them
   */
  default SegmentScale look(int column, SpikeFinder finder, ColumnValues values) {
    return finder.look(values);
  }

  /** The half that codes a table's segments. */
  SegmentEncoder encoder(EncodingContext context);

  /**
   * The half that decodes blocks.
   *
   * @param wanted numbers of columns; those that are not {@link #columns} are ignored
   */
  BlockDecoder decoder(ContainerReader container, List<Integer> wanted);
}
