package org.jetfold.codec.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.random.RandomTables.Sample;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;

/** Tables of jets from which quantities can be computed, and bounds on these. */
public final class GuaranteedTables {
  private static final List<String> SETTINGS =
      List.of(
          "exact",
          "bits:5",
          "rel:0.01",
          "rel:1e-4",
          "abs:0.01",
          "rel:0.02:dither",
          "abs:0.01:dither",
          "abs:3",
          "abs:0.3*score");

  private static final List<String> OF_JETS = List.of("px", "py", "pz", "E", "rapidity", "mT");

  private static final List<String> OF_EVENTS =
      List.of("HT", "MHT", "mjj", "y*", "dEta", "dPhi", "dR");

  private GuaranteedTables() {}

  /**
   * Rows of jets, or events that have them and something else; with NaN, infinities, zeros and a
   * value that stands for none here and there.
   *
   * @param events how many events, or rows
   */
  public static Sample jets(Random random, boolean flat, int events) {
    List<Column> columns = new ArrayList<>();
    for (String name : List.of("pt", "eta", "phi", "m", "score")) {
      columns.add(new Column(name, random.nextInt(3) == 0 ? ValueType.FLOAT64 : ValueType.FLOAT32));
    }
    Group constituents =
        new Group("constituents", List.of(new Column("z", ValueType.FLOAT32)), List.of());
    Schema schema =
        flat
            ? Schema.flat(columns)
            : new Schema(
                new Group(
                    "",
                    List.of(new Column("weight", ValueType.FLOAT64)),
                    List.of(new Group("jets", columns, List.of(constituents)))));
    List<int[]> offsets = new ArrayList<>();
    if (!flat) {
      offsets.add(offsets(random, events));
      offsets.add(offsets(random, offsets.getFirst()[events]));
    }
    List<ColumnValues> values = new ArrayList<>();
    List<Precision> precisions = new ArrayList<>();
    for (int column = 0; column < schema.columns().size(); column++) {
      int group = schema.groupOf(column);
      int size = group == 0 ? events : offsets.get(group - 1)[offsets.get(group - 1).length - 1];
      values.add(values(random, schema.columns().get(column), size));
      // The score is what other columns' bounds may be shares of.
      boolean scales = List.of("score", "weight", "z").contains(columnName(schema, column));
      int settings = SETTINGS.size() - (scales ? 1 : 0);
      precisions.add(Precision.parse(SETTINGS.get(random.nextInt(settings))));
    }
    return new Sample(new Table(schema, events, offsets, values), precisions);
  }

  private static String columnName(Schema schema, int column) {
    return schema.columns().get(column).name();
  }

  private static int[] offsets(Random random, int parents) {
    int[] offsets = new int[parents + 1];
    for (int i = 0; i < parents; i++) {
      offsets[i + 1] = offsets[i] + (random.nextInt(3) == 0 ? 0 : random.nextInt(6));
    }
    return offsets;
  }

  private static ColumnValues values(Random random, Column column, int size) {
    ColumnValues values = ColumnValues.zeros(column.type(), size);
    double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, 0, -0.0, 3e38, 1e-44, -999};
    boolean special = random.nextBoolean();
    for (int i = 0; i < size; i++) {
      double value =
          switch (column.name()) {
            case "pt" -> 20 + 40 * -Math.log(1 - random.nextDouble());
            case "m" -> 5 * -Math.log(1 - random.nextDouble());
            case "phi" -> Math.PI * (2 * random.nextDouble() - 1);
            default -> 2 * random.nextGaussian();
          };
      if (special && random.nextInt(20) == 0) {
        value = odd[random.nextInt(odd.length)];
      }
      switch (values) {
        case ColumnValues.Floats(float[] floats) -> floats[i] = (float) value;
        case ColumnValues.Doubles(double[] doubles) -> doubles[i] = value;
        case ColumnValues.Integers _ -> throw new IllegalStateException();
      }
    }
    return values;
  }

  /** Definitions for {@link #bounds}. */
  public static List<String> definitions(boolean flat) {
    return flat ? List.of("u = score*pt") : List.of("u = score*pt", "v = z*jets.pt + weight");
  }

  /** Bounds, each on another quantity, those of {@link #definitions} among them. */
  public static String bounds(Random random, boolean flat) {
    List<String> names = new ArrayList<>(flat ? OF_JETS : OF_EVENTS);
    names.addAll(flat ? List.of() : OF_JETS);
    java.util.Collections.shuffle(names, random);
    List<String> chosen = new ArrayList<>(names.subList(0, random.nextInt(4)));
    chosen.addAll(flat ? List.of("u") : List.of("u", "v"));
    List<String> bounds = new ArrayList<>();
    for (String name : chosen) {
      String kind = random.nextBoolean() ? "rel" : "abs";
      bounds.add("%s=%s:1e-%d".formatted(name, kind, 1 + random.nextInt(4)));
    }
    return String.join(",", bounds);
  }
}
