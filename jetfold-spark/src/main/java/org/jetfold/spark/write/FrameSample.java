package org.jetfold.spark.write;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jetfold.tables.events.CollectionFinder;
import org.jetfold.tables.events.Variable;

/** How long arrays are in the first rows of a frame, which are computed for that. */
final class FrameSample implements CollectionFinder.Sample {
  /** As many as readers of other formats look at. */
  private static final int ROWS = 1500;

  private final Dataset<Row> frame;

  /** A sample of a frame. */
  FrameSample(Dataset<Row> frame) {
    this.frame = frame;
  }

  @Override
  public List<int[]> lengths(List<Variable> variables) {
    if (variables.size() < 2) {
      // One is as long as itself.
      return variables.stream().map(unused -> new int[0]).toList();
    }
    Column[] sizes = new Column[variables.size()];
    for (int i = 0; i < sizes.length; i++) {
      Column array = functions.col(quoted(variables.get(i).name()));
      sizes[i] = functions.when(array.isNull(), 0).otherwise(functions.size(array)).as("size" + i);
    }
    List<Row> rows = frame.select(sizes).takeAsList(ROWS);
    List<int[]> lengths = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      int place = i;
      lengths.add(rows.stream().mapToInt(row -> row.getInt(place)).toArray());
    }
    return lengths;
  }

  /** The outermost list of a variable is that of a frame's column, also where a record is in it. */
  private String quoted(String variable) {
    String column = variable;
    List<String> fields = List.of(frame.schema().fieldNames());
    while (!fields.contains(column) && column.lastIndexOf('.') > 0) {
      column = column.substring(0, column.lastIndexOf('.'));
    }
    return "`" + column.replace("`", "``") + "`";
  }
}
