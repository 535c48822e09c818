package org.jetfold.tables.hdf5;

import io.jhdf.api.Dataset;
import io.jhdf.object.datatype.EnumDataType;
import java.lang.reflect.Array;
import java.math.BigInteger;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.tables.events.NamedArray;
import org.jspecify.annotations.Nullable;

/** A 1-D dataset, or a column of a 2-D one. */
final class DatasetColumn implements NamedArray {
  private static final int BLOCK = 1 << 16;

  private final Dataset dataset;
  private final Column column;
  private final int number;
  private final @Nullable String collection;
  private long next;

  /**
   * A column.
   *
   * @param number its place in a row; −1 where the dataset has one dimension
   */
  DatasetColumn(Dataset dataset, Column column, int number, @Nullable String collection) {
    this.dataset = dataset;
    this.column = column;
    this.number = number;
    this.collection = collection;
  }

  @Override
  public Column column() {
    return column;
  }

  @Override
  public long length() {
    return dataset.getDimensionsAsLong()[0];
  }

  @Override
  public @Nullable String collection() {
    return collection;
  }

  @Override
  public long grouped() {
    if (((ColumnValues.Integers) slice(0, 1)).values()[0] != 0) {
      return -1;
    }
    long last = 0;
    for (long from = 0; from < length(); from += BLOCK) {
      int count = (int) Math.min(BLOCK, length() - from);
      for (long offset : ((ColumnValues.Integers) slice(from, count)).values()) {
        if (offset < last) {
          return -1;
        }
        last = offset;
      }
    }
    return last;
  }

  @Override
  public ColumnValues read(int count) {
    ColumnValues values = slice(next, count);
    next += count;
    return values;
  }

  private ColumnValues slice(long from, int count) {
    ColumnValues values = ColumnValues.zeros(column.type(), count);
    if (count == 0) {
      return values;
    }
    Object data =
        number < 0
            ? dataset.getData(new long[] {from}, new int[] {count})
            : dataset.getData(new long[] {from, number}, new int[] {count, 1});
    if (data instanceof float[] && values instanceof ColumnValues.Floats(float[] floats)) {
      System.arraycopy(data, 0, floats, 0, count);
      return values;
    }
    if (data instanceof double[] && values instanceof ColumnValues.Doubles(double[] doubles)) {
      System.arraycopy(data, 0, doubles, 0, count);
      return values;
    }
    for (int i = 0; i < count; i++) {
      Object element = Array.get(data, i);
      set(values, i, number < 0 ? element : Array.get(element, 0));
    }
    return values;
  }

  private void set(ColumnValues values, int at, Object element) {
    switch (values) {
      case ColumnValues.Floats(float[] floats) -> floats[at] = (Float) element;
      case ColumnValues.Doubles(double[] doubles) -> doubles[at] = (Double) element;
      case ColumnValues.Integers(long[] integers) ->
          integers[at] =
              switch (element) {
                case BigInteger large -> large.longValue();
                case Number number -> number.longValue();
                case String name -> value(name);
                default -> throw new IllegalArgumentException("no number: " + element);
              };
    }
  }

  private long value(String name) {
    return ((EnumDataType) dataset.getDataType())
        .getEnumMapping().entrySet().stream()
            .filter(entry -> entry.getValue().equals(name))
            .mapToLong(entry -> entry.getKey())
            .findFirst()
            .orElse(0);
  }

  @Override
  public void close() {
    // The file is closed by its owner.
  }
}
