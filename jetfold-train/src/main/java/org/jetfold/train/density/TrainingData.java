package org.jetfold.train.density;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.density.Alphabet;
import org.jetfold.codec.density.EventOrder;
import org.jetfold.codec.density.ModelDescription;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.table.Column;
import org.jspecify.annotations.Nullable;

/**
 * Whole events of a table as a model sees them: the symbols of the modelled columns.
 *
 * @param columns the columns, in the order in which they are coded
 * @param precisions of each column
 * @param collection the path of the list that the rows are in; empty where there are no events
 * @param scales of each column: its spikes, and whether phases shift it
 * @param symbols for each column a symbol for each row; not to be changed
 * @param offsets where in the rows each event starts, and last the number of rows; without events
 *     each row counts as one
 * @param contexts what else is known of each row
 * @param places how many places of rows in their events are told apart; 0 without events
 * @param phases of each row, unsigned bytes that are equal within an event; not to be changed
 * @param weights how much each row counts, 1 in the mean of all; null for 1 each; not to be changed
 */
record TrainingData(
    List<Column> columns,
    List<Precision> precisions,
    List<SegmentScale> scales,
    String collection,
    long[][] symbols,
    int[] offsets,
    RowContexts contexts,
    int places,
    byte[] phases,
    double @Nullable [] weights) {
  TrainingData {
    columns = List.copyOf(columns);
    precisions = List.copyOf(precisions);
    scales = List.copyOf(scales);
  }

  boolean hasEvents() {
    return !collection.isEmpty();
  }

  int rows() {
    return offsets[offsets.length - 1];
  }

  int events() {
    return offsets.length - 1;
  }

  /** The order in which the rows are coded. */
  EventOrder order() {
    EventOrder order = hasEvents() ? EventOrder.of(offsets) : EventOrder.withoutEvents(rows());
    return order.withPhases(phases);
  }

  /**
   * The same, with what is known of each row.
   *
   * @param alphabets one for each column of the contexts
   */
  EventOrder order(List<Alphabet> alphabets) {
    return order().withContexts(contexts.cells(alphabets));
  }

  /** The columns with their symbols. */
  List<ModelDescription.Sample> samples() {
    List<ModelDescription.Sample> samples = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      Column described = columns.get(column);
      samples.add(
          new ModelDescription.Sample(
              described.name(),
              described.type(),
              precisions.get(column),
              scales.get(column),
              symbols[column]));
    }
    return samples;
  }

  /** Some events, with increasing numbers. */
  TrainingData select(int[] events) {
    int[] chosen = new int[events.length + 1];
    for (int i = 0; i < events.length; i++) {
      chosen[i + 1] = chosen[i] + offsets[events[i] + 1] - offsets[events[i]];
    }
    long[][] selected = new long[symbols.length][chosen[events.length]];
    for (int column = 0; column < symbols.length; column++) {
      for (int i = 0; i < events.length; i++) {
        System.arraycopy(
            symbols[column],
            offsets[events[i]],
            selected[column],
            chosen[i],
            chosen[i + 1] - chosen[i]);
      }
    }
    byte[] selectedPhases = new byte[chosen[events.length]];
    for (int i = 0; i < events.length; i++) {
      System.arraycopy(
          phases, offsets[events[i]], selectedPhases, chosen[i], chosen[i + 1] - chosen[i]);
    }
    double[] all = weights;
    int[] rows = new int[selectedPhases.length];
    for (int i = 0; i < events.length; i++) {
      for (int row = chosen[i]; row < chosen[i + 1]; row++) {
        rows[row] = offsets[events[i]] + row - chosen[i];
      }
    }
    return new TrainingData(
        columns,
        precisions,
        scales,
        collection,
        selected,
        chosen,
        contexts.select(rows),
        places,
        selectedPhases,
        all == null ? null : Arrays.stream(rows).mapToDouble(row -> all[row]).toArray());
  }

  /** The same without some columns. */
  TrainingData without(List<Integer> dropped) {
    List<Column> keptColumns = new ArrayList<>();
    List<Precision> keptPrecisions = new ArrayList<>();
    List<SegmentScale> keptScales = new ArrayList<>();
    List<long[]> kept = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      if (!dropped.contains(column)) {
        keptColumns.add(columns.get(column));
        keptPrecisions.add(precisions.get(column));
        keptScales.add(scales.get(column));
        kept.add(symbols[column]);
      }
    }
    return new TrainingData(
        keptColumns,
        keptPrecisions,
        keptScales,
        collection,
        kept.toArray(new long[0][]),
        offsets,
        contexts,
        places,
        phases,
        weights);
  }

  /** How much a row counts. */
  double weight(int row) {
    return weights == null ? 1 : weights[row];
  }

  /** A hash of the symbols, events and weights. */
  long fingerprint() {
    long hash = Arrays.hashCode(offsets);
    for (long[] column : symbols) {
      for (long symbol : column) {
        hash = (hash ^ symbol) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 29;
      }
    }
    return weights == null ? hash : 31 * hash + Arrays.hashCode(weights);
  }
}
