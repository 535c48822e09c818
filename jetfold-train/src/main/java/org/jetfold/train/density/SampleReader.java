package org.jetfold.train.density;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.train.UntrainableTableException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a sample of one or more tables in bounded memory: whole events, evenly spread. Of
 * consecutive pieces every 2ⁿ-th is kept, n rising when there are too many values. Not thread-safe.
 */
public final class SampleReader {
  private static final int PIECE_ROWS = 4096;

  private final List<String> order;
  private final long mostValues;
  private final List<Part> parts = new ArrayList<>();
  private @Nullable ModelledGroup modelled;
  private List<Precision> precisions = List.of();
  private long values;
  private long pieces;
  private int keptOneIn = 1;

  /** A piece of the modelled group. */
  private record Part(long number, List<ColumnValues> columns, int[] offsets) {
    int rows() {
      return offsets[offsets.length - 1];
    }
  }

  /**
   * A reader.
   *
   * @param order names of columns that are coded first; behind them come columns that fall or rise
   *     within events, then the others as they stand
   * @param mostValues about how many values to keep
   */
  public SampleReader(List<String> order, long mostValues) {
    this.order = List.copyOf(order);
    this.mostValues = mostValues;
  }

  /**
   * Reads a table to its end.
   *
   * @param resolved the precision of each of its columns
   * @throws UntrainableTableException where it is not like the tables before, or nothing in it can
   *     be modelled
   */
  public void read(TableSource source, List<Precision> resolved)
      throws IOException, UntrainableTableException {
    Table piece = source.next(PIECE_ROWS);
    while (piece != null) {
      ModelledGroup group = modelled;
      if (group == null) {
        group = ModelledGroup.choose(piece, order);
        modelled = group;
        precisions = group.columns().stream().map(resolved::get).toList();
      } else {
        requireAlike(source.schema(), resolved, group);
      }
      if (pieces % keptOneIn == 0) {
        keep(piece, group);
      }
      pieces++;
      piece = source.next(PIECE_ROWS);
    }
  }

  private void requireAlike(Schema other, List<Precision> resolved, ModelledGroup group)
      throws UntrainableTableException {
    if (other.equals(group.schema())) {
      if (!group.columns().stream().map(resolved::get).toList().equals(precisions)) {
        throw new UntrainableTableException("gets other precisions than the tables before");
      }
      return;
    }
    throw new UntrainableTableException(
        "has other columns than the tables before%s: train on tables that are alike"
            .formatted(difference(names(group.schema()), names(other))));
  }

  private static List<String> names(Schema schema) {
    return schema.columns().stream().map(Column::name).toList();
  }

  private static String difference(List<String> first, List<String> other) {
    for (String name : first) {
      if (!other.contains(name)) {
        return ", of which it lacks " + name;
      }
    }
    for (String name : other) {
      if (!first.contains(name)) {
        return ", namely also " + name;
      }
    }
    return first.equals(other) ? ", by type or events" : ", namely in another order";
  }

  private void keep(Table piece, ModelledGroup group) {
    List<ColumnValues> columns = group.columns().stream().map(piece::values).toList();
    parts.add(new Part(pieces, columns, offsets(piece, group)));
    values += (long) piece.entries(group.group()) * columns.size();
    while (values > mostValues && parts.size() > 1) {
      keptOneIn *= 2;
      parts.removeIf(part -> part.number() % keptOneIn != 0);
      values = 0;
      for (Part part : parts) {
        values += (long) part.rows() * columns.size();
      }
    }
  }

  private static int[] offsets(Table piece, ModelledGroup group) {
    if (group.hasEvents()) {
      return piece.offsets(group.group());
    }
    int[] offsets = new int[piece.entries(group.group()) + 1];
    for (int row = 0; row < offsets.length; row++) {
      offsets[row] = row;
    }
    return offsets;
  }

  /**
   * What was read.
   *
   * @throws UntrainableTableException where there was nothing
   */
  public TrainingSample sample() throws UntrainableTableException {
    ModelledGroup group = modelled;
    if (group == null) {
      throw new UntrainableTableException(
          "holds a table without rows: there is nothing to learn from");
    }
    List<Integer> coded = coded(group.columns().size());
    List<Column> columns = coded.stream().map(group.described()::get).toList();
    List<Precision> settings = coded.stream().map(precisions::get).toList();
    int rows = parts.stream().mapToInt(Part::rows).sum();
    int events = parts.stream().mapToInt(part -> part.offsets().length - 1).sum();
    int[] offsets = new int[events + 1];
    long[][] symbols = new long[columns.size()][rows];
    long[] quantized = new long[0];
    int event = 0;
    int at = 0;
    for (Part part : parts) {
      quantized = quantized.length < part.rows() ? new long[part.rows()] : quantized;
      for (int column = 0; column < columns.size(); column++) {
        Quantizer quantizer = Quantizer.of(settings.get(column), columns.get(column).type());
        quantizer.quantize(part.columns().get(coded.get(column)), 0, part.rows(), quantized);
        System.arraycopy(quantized, 0, symbols[column], at, part.rows());
      }
      for (int i = 1; i < part.offsets().length; i++) {
        offsets[++event] = at + part.offsets()[i];
      }
      at += part.rows();
    }
    return new TrainingSample(
        new TrainingData(columns, settings, group.collection(), symbols, offsets),
        keptOneIn == 1,
        movedUp(coded, columns),
        group.others());
  }

  /** The order of so many columns: those that were asked for, those with an order, the others. */
  private List<Integer> coded(int columns) {
    List<Integer> coded = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      boolean isFirst = column < order.size() || hasOrder(column);
      (isFirst ? coded : others).add(column);
    }
    coded.addAll(others);
    return coded;
  }

  private List<String> movedUp(List<Integer> coded, List<Column> columns) {
    List<String> names = new ArrayList<>();
    for (int place = order.size(); place < coded.size(); place++) {
      if (coded.get(place) > place) {
        names.add(columns.get(place).name());
      }
    }
    return names;
  }

  private boolean hasOrder(int column) {
    OrderWithinEvents found = new OrderWithinEvents();
    for (Part part : parts) {
      found.look(part.columns().get(column), part.offsets());
    }
    return found.isFound();
  }
}
