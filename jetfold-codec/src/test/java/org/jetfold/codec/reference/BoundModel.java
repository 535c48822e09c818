package org.jetfold.codec.reference;

import java.util.Arrays;

/**
 * A model and the columns that it codes, section 12.1.
 *
 * @param group the group that they are in
 * @param columns for each of the model's columns, its number in the file
 */
record BoundModel(LearnedModel model, int group, int[] columns) {
  /** Finds the columns of model number {@code number} of a file. */
  static BoundModel bind(LearnedModel model, int number, HeaderFields header) {
    int most = 0;
    BoundModel best = new BoundModel(model, 0, new int[model.columns().size()]);
    Arrays.fill(best.columns, -1);
    for (int group = 0; group < header.groups().size(); group++) {
      int[] columns = new int[model.columns().size()];
      Arrays.fill(columns, -1);
      int found = 0;
      for (int j = 0; j < columns.length; j++) {
        for (int column = 0; column < header.columns().size(); column++) {
          HeaderFields.Column candidate = header.columns().get(column);
          if (candidate.group() == group
              && candidate.name().equals(model.columns().get(j).name())) {
            columns[j] = column;
            found++;
          }
        }
      }
      if (found > most) {
        most = found;
        best = new BoundModel(model, group, columns);
      }
    }
    best.check(number, header);
    return best;
  }

  private void check(int number, HeaderFields header) {
    long coded = header.columns().stream().filter(column -> column.coding() == number + 1).count();
    boolean right = coded == columns.length && !(model.events() && group == 0);
    for (int j = 0; j < columns.length && right; j++) {
      LearnedModel.Column wanted = model.columns().get(j);
      HeaderFields.Column column = columns[j] < 0 ? null : header.columns().get(columns[j]);
      right =
          column != null
              && column.coding() == number + 1
              && column.type() == wanted.type()
              && column.precision() == wanted.setting().precision()
              && column.setting() == wanted.setting().value();
    }
    if (!right) {
      throw FileError.damaged(0, "a model's columns are not those of the file");
    }
  }

  /**
   * Decodes the model's columns in a block; {@code streams} and {@code symbols} are the block's.
   */
  void decode(ByteCursor[] streams, long[][] symbols, HeaderFields header, int rows) {
    int lists = header.groups().size() - 1;
    ByteCursor[] in = new ByteCursor[columns.length];
    for (int j = 0; j < in.length; j++) {
      in[j] = streams[lists + columns[j]];
    }
    long[] counts = group == 0 ? new long[0] : symbols[group - 1];
    if (model.events()) {
      checkSum(counts, rows, in[0]);
    }
    long[][] decoded = LearnedStreams.decode(model, in, counts, rows);
    for (int j = 0; j < in.length; j++) {
      symbols[lists + columns[j]] = decoded[j];
    }
  }

  private static void checkSum(long[] counts, int rows, ByteCursor in) {
    long sum = 0;
    for (long count : counts) {
      if (count < 0 || count > rows) {
        throw in.damaged("a list count is out of range");
      }
      sum += count;
    }
    if (sum != rows) {
      throw in.damaged("list counts do not add up");
    }
  }
}
