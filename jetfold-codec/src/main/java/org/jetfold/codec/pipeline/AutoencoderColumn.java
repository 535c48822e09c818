package org.jetfold.codec.pipeline;

import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;

/**
 * A column that an autoencoder restores: what its symbols are by the network alone, and the values
 * that are exceptions from that (docs/format.md section 13.4). Immutable and safe to share.
 */
final class AutoencoderColumn {
  private final Column column;
  private final Quantizer quantizer;
  private final boolean measured;

  AutoencoderColumn(Column column, Precision precision) {
    this.column = column;
    quantizer = Quantizer.of(precision, column.type());
    measured = precision instanceof Precision.Measured;
  }

  /** Whether what the network says is what is restored; else the difference is stored. */
  boolean isMeasured() {
    return measured;
  }

  /** Values as the networks take them. */
  static double[] doubles(ColumnValues values, int from, int count) {
    double[] doubles = new double[count];
    switch (values) {
      case ColumnValues.Floats(float[] floats) -> {
        for (int i = 0; i < count; i++) {
          doubles[i] = floats[from + i];
        }
      }
      case ColumnValues.Doubles(double[] all) -> System.arraycopy(all, from, doubles, 0, count);
      case ColumnValues.Integers unused ->
          throw new IllegalArgumentException("an autoencoder of integers");
    }
    return doubles;
  }

  /** The symbols of what the network says, where it is measured. */
  long[] symbols(double[] predicted) {
    long[] symbols = new long[predicted.length];
    quantizer.quantize(values(predicted), 0, predicted.length, symbols);
    return symbols;
  }

  /** What the network says, as values of the column. */
  ColumnValues values(double[] predicted) {
    ColumnValues values = ColumnValues.zeros(column.type(), predicted.length);
    for (int i = 0; i < predicted.length; i++) {
      double value = column.integral() ? Math.rint(predicted[i]) : predicted[i];
      switch (values) {
        // A double beyond the floats is not to become infinite.
        case ColumnValues.Floats(float[] floats) ->
            floats[i] = Math.clamp((float) value, -Float.MAX_VALUE, Float.MAX_VALUE);
        case ColumnValues.Doubles(double[] doubles) -> doubles[i] = value;
        case ColumnValues.Integers unused ->
            throw new IllegalStateException("a column of integers");
      }
    }
    return values;
  }

  /**
   * Writes the values that the network cannot take, and puts their symbols in place.
   *
   * @param normalized NaN where a value is an exception
   * @param symbols of what the network says; receives those of the exceptions
   * @return how many there are
   */
  int writeExceptions(
      float[] normalized, ColumnValues originals, int from, long[] symbols, ByteWriter out) {
    int count = 0;
    for (float value : normalized) {
      count += Float.isNaN(value) ? 1 : 0;
    }
    if (count == 0) {
      return 0;
    }
    long[] exact = new long[symbols.length];
    quantizer.quantize(originals, from, symbols.length, exact);
    out.varint(count);
    int next = 0;
    for (int i = 0; i < normalized.length; i++) {
      if (Float.isNaN(normalized[i])) {
        out.varint(i - next);
        out.zigzag(exact[i]);
        symbols[i] = exact[i];
        next = i + 1;
      }
    }
    return count;
  }

  /**
   * Reads what {@link #writeExceptions} wrote.
   *
   * @throws org.jetfold.codec.bytes.MalformedBytesException where the bytes are something else
   */
  void readExceptions(ByteReader in, long[] symbols) {
    if (in.remaining() == 0) {
      return;
    }
    int count = in.count(symbols.length, "the number of exceptions");
    int next = 0;
    for (int i = 0; i < count; i++) {
      int at = next + in.count(symbols.length - 1 - next, "the place of an exception");
      symbols[at] = in.zigzag();
      next = at + 1;
      if (next == symbols.length && i + 1 < count) {
        throw in.malformed("there are more exceptions than values");
      }
    }
    if (count == 0) {
      throw in.malformed("a list of exceptions has none");
    }
    in.expectEnd("a list of exceptions");
  }
}
