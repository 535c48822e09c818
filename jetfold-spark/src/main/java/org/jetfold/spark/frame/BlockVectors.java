package org.jetfold.spark.frame;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Table;

/** Blocks as Spark's batches of columns, which share the arrays of the block. Thread-safe. */
public final class BlockVectors {
  private final FrameLayout layout;
  private final StructType fields;
  private final Projection projection;

  /** Batches with some columns of a layout, in the order that Spark wants. */
  public BlockVectors(FrameLayout layout, StructType fields) {
    this.layout = layout;
    this.fields = fields;
    this.projection = layout.projection(fields);
  }

  /** What must be decoded of each block. */
  public Projection projection() {
    return projection;
  }

  /** The batch of a decoded block, which has the {@link #projection}. */
  public ColumnarBatch batch(Table block) {
    List<ColumnVector> vectors = new ArrayList<>();
    for (StructField field : fields.fields()) {
      int column = layout.column(field.name());
      vectors.add(vector(block, projection.columns().indexOf(column), column, field.dataType()));
    }
    int rowGroup = projection.groups().indexOf(layout.rows());
    return new ColumnarBatch(vectors.toArray(ColumnVector[]::new), block.entries(rowGroup));
  }

  private ColumnVector vector(Table block, int place, int column, DataType type) {
    int group = layout.schema().groupOf(column);
    if (layout.isScalar(column)) {
      return new Values(type, repeated(block, block.values(place), group));
    }
    List<DataType> types = new ArrayList<>(List.of(type));
    while (types.getLast() instanceof ArrayType list) {
      types.add(list.elementType());
    }
    ColumnVector vector = new Values(types.removeLast(), block.values(place));
    for (int list = group; list != layout.rows(); list = layout.schema().parent(list)) {
      vector =
          new Lists(types.removeLast(), block.offsets(projection.groups().indexOf(list)), vector);
    }
    return vector;
  }

  /** The values of an event, or of what else is around a row's object, once for each row. */
  private ColumnValues repeated(Table block, ColumnValues values, int group) {
    List<Integer> between = new ArrayList<>();
    for (int at = layout.rows(); at != group; at = layout.schema().parent(at)) {
      between.addFirst(at);
    }
    ColumnValues all = values;
    for (int list : between) {
      int[] offsets = block.offsets(projection.groups().indexOf(list));
      int[] owners = new int[offsets[offsets.length - 1]];
      for (int owner = 0; owner + 1 < offsets.length; owner++) {
        Arrays.fill(owners, offsets[owner], offsets[owner + 1], owner);
      }
      all = all.at(owners);
    }
    return all;
  }

  /** A column of which no value is missing. */
  private abstract static class WholeVector extends ColumnVector {
    WholeVector(DataType type) {
      super(type);
    }

    @Override
    public void close() {
      // Holds nothing but memory.
    }

    @Override
    public boolean hasNull() {
      return false;
    }

    @Override
    public int numNulls() {
      return 0;
    }

    @Override
    public boolean isNullAt(int row) {
      return false;
    }

    @Override
    public boolean getBoolean(int row) {
      return getLong(row) != 0;
    }

    @Override
    public byte getByte(int row) {
      return (byte) getLong(row);
    }

    @Override
    public short getShort(int row) {
      return (short) getLong(row);
    }

    @Override
    public int getInt(int row) {
      return (int) getLong(row);
    }

    @Override
    public long getLong(int row) {
      throw other();
    }

    @Override
    public float getFloat(int row) {
      throw other();
    }

    @Override
    public double getDouble(int row) {
      throw other();
    }

    @Override
    public ColumnarArray getArray(int row) {
      throw other();
    }

    @Override
    public ColumnarMap getMap(int ordinal) {
      throw other();
    }

    @Override
    public Decimal getDecimal(int row, int precision, int scale) {
      throw other();
    }

    @Override
    public UTF8String getUTF8String(int row) {
      throw other();
    }

    @Override
    public byte[] getBinary(int row) {
      throw other();
    }

    @Override
    public ColumnVector getChild(int ordinal) {
      throw other();
    }

    private UnsupportedOperationException other() {
      return new UnsupportedOperationException("a column of type " + dataType().simpleString());
    }
  }

  /** Numbers. */
  private static final class Values extends WholeVector {
    private static final float[] NO_FLOATS = {};
    private static final double[] NO_DOUBLES = {};
    private static final long[] NO_INTEGERS = {};

    private final float[] floats;
    private final double[] doubles;
    private final long[] integers;

    Values(DataType type, ColumnValues values) {
      super(type);
      floats = values instanceof ColumnValues.Floats(float[] array) ? array : NO_FLOATS;
      doubles = values instanceof ColumnValues.Doubles(double[] array) ? array : NO_DOUBLES;
      integers = values instanceof ColumnValues.Integers(long[] array) ? array : NO_INTEGERS;
    }

    @Override
    public long getLong(int row) {
      return integers[row];
    }

    @Override
    public float getFloat(int row) {
      return floats[row];
    }

    @Override
    public float[] getFloats(int row, int count) {
      return Arrays.copyOfRange(floats, row, row + count);
    }

    @Override
    public double getDouble(int row) {
      return doubles[row];
    }

    @Override
    public double[] getDoubles(int row, int count) {
      return Arrays.copyOfRange(doubles, row, row + count);
    }

    @Override
    public long[] getLongs(int row, int count) {
      return Arrays.copyOfRange(integers, row, row + count);
    }

    @Override
    public Decimal getDecimal(int row, int precision, int scale) {
      BigInteger unsigned = new BigInteger(Long.toUnsignedString(integers[row]));
      return Decimal.apply(new BigDecimal(unsigned), precision, scale);
    }
  }

  /** Lists of another column's values. */
  private static final class Lists extends WholeVector {
    private final int[] offsets;
    private final ColumnVector elements;

    Lists(DataType type, int[] offsets, ColumnVector elements) {
      super(type);
      this.offsets = offsets;
      this.elements = elements;
    }

    @Override
    public ColumnarArray getArray(int row) {
      return new ColumnarArray(elements, offsets[row], offsets[row + 1] - offsets[row]);
    }

    @Override
    public ColumnVector getChild(int ordinal) {
      return elements;
    }
  }
}
