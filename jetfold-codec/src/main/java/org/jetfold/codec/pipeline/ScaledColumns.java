package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.ScaledPrecisions;
import org.jetfold.codec.quantize.ScaledCheck;
import org.jetfold.codec.quantize.ScaledRounding;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;

/**
 * The columns of a file whose bounds are shares of other columns' values (docs/format.md section
 * 6.10): their values are rounded before they are coded, and then coded exactly. Immutable.
 */
final class ScaledColumns {
  private final FileHeader header;
  private final Map<Integer, Precision.Scaled> columns = new TreeMap<>();

  ScaledColumns(FileHeader header) {
    this.header = header;
    for (int column = 0; column < header.columns().size(); column++) {
      if (header.columns().get(column).precision() instanceof Precision.Scaled scaled) {
        columns.put(column, scaled);
      }
    }
  }

  /**
   * A segment whose values are rounded as the bounds allow.
   *
   * @param known of columns whose values were rounded in another file, and stay
   */
  Segment rounded(Segment segment, SegmentCodecs codecs, KnownColumns known) {
    if (columns.isEmpty()) {
      return segment;
    }
    Table table = segment.table();
    Schema schema = table.schema();
    List<int[]> offsets = new ArrayList<>();
    for (int group = 1; group < schema.groups().size(); group++) {
      offsets.add(table.offsets(group));
    }
    List<ColumnValues> values = new ArrayList<>();
    for (int column = 0; column < schema.columns().size(); column++) {
      Precision.Scaled scaled = columns.get(column);
      values.add(
          scaled == null || known.isKept(column)
              ? table.values(column)
              : rounded(table, column, scaled, codecs.get(bound(column, scaled))));
    }
    return new Segment(
        new Table(schema, table.rootEntries(), offsets, values), segment.blockStarts());
  }

  private ColumnValues rounded(
      Table table, int column, Precision.Scaled scaled, ColumnCodec codecOfBound) {
    ColumnValues values = table.values(column);
    ColumnValues bounds = table.values(bound(column, scaled));
    ColumnValues restored = codecOfBound.restored(bounds);
    ColumnValues rounded = ScaledRounding.rounded(values, scaled.factor(), bounds, restored);
    int violation =
        new ScaledCheck(scaled.factor())
            .firstViolation(values, rounded, bounds, restored, 0, values.size());
    if (violation >= 0) {
      throw new IllegalStateException(
          "value %d of column %s in a segment broke its bound %s; please report this"
              .formatted(violation, header.schema().columns().get(column).name(), scaled));
    }
    return rounded;
  }

  private int bound(int column, Precision.Scaled scaled) {
    return ScaledPrecisions.columnOf(header.schema(), column, scaled);
  }

  /**
   * Corrects what is said of the rounded columns, whose originals their coder did not see.
   *
   * @param streams has those of the columns
   */
  void correct(Segment segment, Segment rounded, SegmentCodecs codecs, CodedStream[] streams) {
    int lists = header.schema().groups().size() - 1;
    for (int column : columns.keySet()) {
      int[] starts = segment.starts(header.schema().groupOf(column));
      CodedStream stream = streams[lists + column];
      List<ColumnStatistics> statistics = new ArrayList<>();
      for (int block = 0; block < segment.blocks(); block++) {
        statistics.add(
            codecs
                .get(column)
                .refined(
                    stream.statistics().get(block),
                    segment.table().values(column),
                    rounded.table().values(column),
                    starts[block],
                    starts[block + 1]));
      }
      streams[lists + column] = stream.withStatistics(statistics);
    }
  }
}
