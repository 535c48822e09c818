package org.jetfold.tables.arrow;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.IntStream;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.arrays.Element;
import org.jetfold.tables.rows.GrowingValues;
import org.jetfold.tables.rows.NearestDouble;
import org.jetfold.tables.rows.ValueChanges;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as a field holds them.
 *
 * @param values of the field's own type; anything where missing
 * @param missing which are missing; null for none
 * @param rounded how many are not what the file says
 */
record LeafValues(ColumnValues values, boolean @Nullable [] missing, int rounded) {
  /** The column type for what a field holds; null for none. */
  static @Nullable ValueType type(ArrowField.Contents contents) {
    return switch (contents) {
      case ArrowField.Numbers(Element element) -> element.type();
      case ArrowField.Booleans unused -> ValueType.BOOL;
      case ArrowField.Decimals unused -> ValueType.FLOAT64;
      default -> null;
    };
  }

  /** Reads values that a field holds itself. */
  static LeafValues read(Batch batch, ArrowField field, Slots slots) throws IOException {
    ColumnValues all;
    int rounded = 0;
    switch (field.contents()) {
      case ArrowField.Numbers(Element element) -> all = numbers(batch, field, element, slots);
      case ArrowField.Booleans unused -> all = booleans(batch, field, slots);
      case ArrowField.Decimals decimals -> {
        double[] doubles = new double[slots.span()];
        rounded = decimals(batch, field, decimals, slots, doubles);
        all = new ColumnValues.Doubles(doubles);
      }
      default -> throw new IllegalStateException("no numbers: " + field.contents());
    }
    int[] places = slots.places();
    return new LeafValues(places == null ? all : all.at(places), slots.missing(), rounded);
  }

  /** Reads a field's indices, and takes the values from its dictionary. */
  static LeafValues read(
      Batch batch, ArrowField field, Slots slots, Element indices, LeafValues dictionary)
      throws IOException {
    ColumnValues read = numbers(batch, field, indices, slots);
    int[] places = slots.places();
    long[] wanted = ((ColumnValues.Integers) (places == null ? read : read.at(places))).values();
    boolean[] missing = new boolean[wanted.length];
    int[] chosen = new int[wanted.length];
    int size = dictionary.values().size();
    for (int i = 0; i < wanted.length; i++) {
      missing[i] = slots.isMissing(i);
      if (missing[i]) {
        continue;
      }
      if (wanted[i] < 0 || wanted[i] >= size) {
        throw batch.damaged(
            "field %s has the index %d in a dictionary of %d"
                .formatted(field.name(), wanted[i], size));
      }
      chosen[i] = (int) wanted[i];
      missing[i] = dictionary.isMissing(chosen[i]);
    }
    // What is missing needs a value, too, and a dictionary may have none.
    ColumnValues values =
        size == 0 ? zeros(dictionary.values(), wanted.length) : dictionary.values().at(chosen);
    boolean any = IntStream.range(0, missing.length).anyMatch(i -> missing[i]);
    return new LeafValues(values, any ? missing : null, 0);
  }

  private boolean isMissing(int i) {
    return missing != null && missing[i];
  }

  /** These, and others of the same field behind them. */
  LeafValues with(LeafValues others) {
    int size = values.size();
    ColumnValues all = zeros(values, Math.addExact(size, others.values.size()));
    values.copyTo(all, 0);
    others.values.copyTo(all, size);
    boolean[] flags = new boolean[all.size()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = i < size ? isMissing(i) : others.isMissing(i - size);
    }
    return new LeafValues(all, flags, 0);
  }

  /**
   * The values for a column, with NaN for those that are missing.
   *
   * @param changes counts these, and integers that no double is equal to
   * @return null where one is missing, and the column cannot say so
   */
  @Nullable ColumnValues as(ArrowColumn column, ValueChanges changes) {
    ValueType own = type(column.leaf().contents());
    boolean converted = values instanceof ColumnValues.Integers && column.type().isFloat();
    ColumnValues result =
        converted
            ? doubles(
                ((ColumnValues.Integers) values).values(), own == ValueType.UINT64, column, changes)
            : values;
    int count = 0;
    for (int i = 0; i < result.size(); i++) {
      if (isMissing(i)) {
        count++;
        switch (result) {
          case ColumnValues.Floats(float[] floats) -> floats[i] = Float.NaN;
          case ColumnValues.Doubles(double[] doubles) -> doubles[i] = Double.NaN;
          case ColumnValues.Integers unused -> {
            return null;
          }
        }
      }
    }
    changes.add(
        column.name(), converted ? ValueChanges.MISSING_INTEGERS : ValueChanges.MISSING, count);
    return result;
  }

  private ColumnValues doubles(
      long[] integers, boolean unsigned, ArrowColumn column, ValueChanges changes) {
    double[] doubles = new double[integers.length];
    int inexact = 0;
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = NearestDouble.of(integers[i], unsigned);
      inexact += isMissing(i) || NearestDouble.isExact(doubles[i], integers[i], unsigned) ? 0 : 1;
    }
    changes.add(column.name(), ValueChanges.ROUNDED, inexact);
    return new ColumnValues.Doubles(doubles);
  }

  private static ColumnValues zeros(ColumnValues like, int count) {
    return switch (like) {
      case ColumnValues.Floats unused -> ColumnValues.zeros(ValueType.FLOAT32, count);
      case ColumnValues.Doubles unused -> ColumnValues.zeros(ValueType.FLOAT64, count);
      case ColumnValues.Integers unused -> ColumnValues.zeros(ValueType.INT64, count);
    };
  }

  private static ColumnValues numbers(Batch batch, ArrowField field, Element element, Slots slots)
      throws IOException {
    int count = slots.span();
    byte[] bytes =
        batch.bytes(field, 1, slots.first() * element.bytes(), (long) count * element.bytes());
    GrowingValues values = new GrowingValues(element.type(), count);
    element.decode(bytes, 0, element.bytes(), count, values);
    return values.take(count);
  }

  private static ColumnValues booleans(Batch batch, ArrowField field, Slots slots)
      throws IOException {
    long start = slots.first() / Byte.SIZE;
    long end = (slots.first() + slots.span() + Byte.SIZE - 1) / Byte.SIZE;
    byte[] bits = batch.bytes(field, 1, start, slots.span() == 0 ? 0 : end - start);
    long[] booleans = new long[slots.span()];
    for (int i = 0; i < booleans.length; i++) {
      booleans[i] = Slots.bit(bits, slots.first() - start * Byte.SIZE + i) ? 1 : 0;
    }
    return new ColumnValues.Integers(booleans);
  }

  /** Sets doubles to the nearest of decimals; says how many are not equal. */
  private static int decimals(
      Batch batch, ArrowField field, ArrowField.Decimals decimals, Slots slots, double[] to)
      throws IOException {
    int bytes = decimals.bytes();
    byte[] all = batch.bytes(field, 1, slots.first() * bytes, (long) to.length * bytes);
    byte[] bigEndian = new byte[bytes];
    boolean[] unused = new boolean[to.length];
    if (slots.missing() != null) {
      for (int i = 0; i < slots.count(); i++) {
        unused[slots.places() == null ? i : slots.places()[i]] = slots.isMissing(i);
      }
    }
    int rounded = 0;
    for (int i = 0; i < to.length; i++) {
      if (unused[i]) {
        continue;
      }
      for (int b = 0; b < bytes; b++) {
        bigEndian[bytes - 1 - b] = all[i * bytes + b];
      }
      BigDecimal decimal = new BigDecimal(new BigInteger(bigEndian), decimals.scale());
      to[i] = decimal.doubleValue();
      rounded += new BigDecimal(to[i]).compareTo(decimal) == 0 ? 0 : 1;
    }
    return rounded;
  }
}
