package org.jetfold.train.autoencoder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.Normalization;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.train.KnownUnit;
import org.jetfold.train.MissingUnitException;
import org.jetfold.train.RowWeights;
import org.jetfold.train.UntrainableTableException;
import org.jetfold.train.sampling.EnergyUnits;
import org.jetfold.train.sampling.RelativeWeights;
import org.jetfold.train.sampling.ThinnedColumns;
import org.jspecify.annotations.Nullable;

/**
 * Reads the jets that an autoencoder is trained on: the variables of a preset, or all float columns
 * of the group that has most of them; of large tables, evenly spread events. Not thread-safe.
 */
public final class AutoencoderSampleReader {
  private final List<AutoencoderPreset.Variable> variables;
  private final ThinnedColumns sampled;
  private @Nullable NetworkColumns found;
  private @Nullable EnergyUnits units;
  private boolean isWeighted;

  /** How variables are normalized. */
  public enum Scheme {
    /** By the formulas of the preset. */
    PUBLIC,
    /** As in the thesis: by mean and standard deviation where it differs from the preset. */
    THESIS,
    /** By mean and standard deviation. */
    STANDARD,
    /** The variable's own distribution becomes a logistic one of about unit width. */
    AUTO
  }

  /**
   * A reader.
   *
   * @param variables a preset's; empty for all float columns
   * @param maxValues about how many values to keep
   */
  public AutoencoderSampleReader(List<AutoencoderPreset.Variable> variables, long maxValues) {
    this.variables = List.copyOf(variables);
    sampled = new ThinnedColumns(maxValues);
  }

  /**
   * Reads a table to its end.
   *
   * @param inputPrecisions for each column of the table, the precision to which its values are
   *     rounded before the training
   * @throws UntrainableTableException where variables are missing, or its columns differ from those
   *     of the tables before
   */
  public void read(TableSource source, List<Precision> inputPrecisions) throws IOException {
    read(source, inputPrecisions, null);
  }

  /**
   * As above, with weights.
   *
   * @param weights how much rows count; null for 1 each; for all tables or none
   */
  public void read(
      TableSource source, List<Precision> inputPrecisions, @Nullable RowWeights weights)
      throws IOException {
    isWeighted = weights != null;
    NetworkColumns known = found;
    NetworkColumns columns =
        known == null
            ? NetworkColumns.find(
                source.schema(), variables, weights == null ? -1 : weights.column())
            : known;
    found = columns;
    ThinnedColumns.requireAlike(columns.schema(), source.schema());
    EnergyUnits energies = units(columns);
    energies.beginTable();
    int momentum = energies.momentum();
    for (Table next = source.next(ThinnedColumns.PIECE_ROWS);
        next != null;
        next = source.next(ThinnedColumns.PIECE_ROWS)) {
      Table piece = next;
      if (momentum >= 0) {
        energies.add(piece.values(columns.columns().get(momentum)));
      }
      // Of every piece, since they are counted for messages.
      double[] ofEvents = weights == null ? null : weights.ofEvents(piece);
      sampled.offer(
          piece,
          columns.group(),
          () -> {
            List<ColumnValues> kept = new ArrayList<>();
            columns
                .columns()
                .forEach(column -> kept.add(rounded(piece, column, inputPrecisions.get(column))));
            if (ofEvents != null) {
              kept.add(
                  new ColumnValues.Doubles(
                      RelativeWeights.ofEntries(piece, columns.group(), ofEvents)));
            }
            return kept;
          });
    }
  }

  private EnergyUnits units(NetworkColumns columns) {
    EnergyUnits known = units;
    if (known == null) {
      List<Integer> inputs = IntStream.range(0, columns.columns().size()).boxed().toList();
      known =
          new EnergyUnits(
              inputs.stream().map(columns::column).toList(),
              inputs.stream().map(columns::isEnergy).toList());
      units = known;
    }
    return known;
  }

  private static ColumnValues rounded(Table piece, int column, Precision precision) {
    ColumnValues values = piece.values(column);
    if (!precision.isLossy()) {
      return values;
    }
    Quantizer quantizer = Quantizer.of(precision, piece.schema().columns().get(column).type());
    long[] symbols = new long[values.size()];
    quantizer.quantize(values, 0, symbols.length, symbols);
    ColumnValues restored = ColumnValues.zeros(quantizer.type(), symbols.length);
    quantizer.restore(symbols, symbols.length, restored, 0);
    return restored;
  }

  /**
   * The unit of energies: the one that the columns state, else the one that the caller states, else
   * the one that the median pt suggests.
   *
   * @param stated by the caller; null to estimate it
   * @throws MissingUnitException where nothing tells it
   * @throws UntrainableTableException where a column states another one than the caller, or the
   *     tables have different ones
   */
  public KnownUnit unit(@Nullable EnergyUnit stated) {
    EnergyUnits read = units;
    KnownUnit known = read == null ? new KnownUnit(stated, "") : read.find(stated);
    if (known == null) {
      throw new MissingUnitException(
          "has energies, but no column pt from which their unit could be estimated: state it");
    }
    return known;
  }

  /**
   * The sample of all tables so far.
   *
   * @param unit of energies
   * @param kept names of variables that are stored by themselves and that the decoder is given
   * @param weights of variables in the loss, by name; 1 for others
   * @param azimuths names of variables that are angles and come round; null to tell them by name
   *     and range
   * @throws UntrainableTableException where the tables have no rows, or the network lacks a
   *     variable that is kept, has a weight or is said to be an azimuth
   */
  public AutoencoderSample sample(
      @Nullable EnergyUnit unit,
      Scheme scheme,
      List<String> kept,
      Map<String, Double> weights,
      @Nullable List<String> azimuths) {
    NetworkColumns columns = found;
    if (columns == null || sampled.rows() == 0) {
      throw new UntrainableTableException("has no rows to train on");
    }
    List<String> names = columns.names();
    List<String> said = new ArrayList<>(kept);
    said.addAll(azimuths == null ? List.of() : azimuths);
    requireKnown(names, said, weights);
    double[][] values = new double[names.size()][];
    double[] lossWeights = new double[names.size()];
    List<AutoencoderVariable> described = new ArrayList<>();
    int reference = -1;
    for (int v = 0; v < values.length; v++) {
      values[v] = joined(v);
      String name = names.get(v);
      boolean isKept = kept.stream().anyMatch(wanted -> NetworkColumns.endsWith(name, wanted));
      Normalization normalization = normalization(v, values[v], unit, scheme);
      if (isAzimuth(name, values[v], azimuths)) {
        // What is kept is given to the decoder before it knows of others.
        normalization =
            Azimuths.normalization(
                values[v], isKept ? -1 : reference, width(normalization, values[v]));
        reference = isKept || reference >= 0 ? reference : v;
      }
      described.add(new AutoencoderVariable(name, columns.isEnergy(v), isKept, normalization));
      lossWeights[v] = weight(name, weights);
    }
    return new AutoencoderSample(
        described,
        lossWeights,
        values,
        sampled.offsets(),
        columns.group() > 0,
        isWeighted ? RelativeWeights.of(joined(names.size())) : null);
  }

  private static boolean isAzimuth(String name, double[] values, @Nullable List<String> said) {
    return said == null
        ? Azimuths.isAzimuth(name, values)
        : said.stream().anyMatch(wanted -> NetworkColumns.endsWith(name, wanted));
  }

  /** What an error is divided by: by the formula of a preset, else by the standard deviation. */
  private static double width(Normalization normalization, double[] values) {
    Normalization.Formula formula =
        normalization instanceof Normalization.Formula given && !given.logarithm()
            ? given
            : FittedNormalization.standard(values);
    return Math.abs(formula.width() / formula.factor());
  }

  private static void requireKnown(
      List<String> names, List<String> kept, Map<String, Double> weights) {
    TreeSet<String> unknown = new TreeSet<>(kept);
    unknown.addAll(weights.keySet());
    unknown.removeIf(
        name -> names.stream().anyMatch(column -> NetworkColumns.endsWith(column, name)));
    if (!unknown.isEmpty()) {
      throw new UntrainableTableException(
          "has no variable %s in its network, whose inputs are %s"
              .formatted(String.join(", ", unknown), String.join(", ", names)));
    }
  }

  private static double weight(String name, Map<String, Double> weights) {
    return new TreeMap<>(weights)
        .entrySet().stream()
            .filter(entry -> NetworkColumns.endsWith(name, entry.getKey()))
            .mapToDouble(Map.Entry::getValue)
            .findFirst()
            .orElse(1);
  }

  private double[] joined(int v) {
    double[] joined = new double[sampled.rows()];
    int at = 0;
    for (ThinnedColumns.Piece piece : sampled.pieces()) {
      ColumnValues values = piece.columns().get(v);
      for (int row = 0; row < piece.rows(); row++) {
        joined[at++] =
            switch (values) {
              case ColumnValues.Floats(float[] floats) -> floats[row];
              case ColumnValues.Doubles(double[] doubles) -> doubles[row];
              case ColumnValues.Integers unused ->
                  throw new IllegalStateException("a column of integers");
            };
      }
    }
    return joined;
  }

  private Normalization normalization(
      int v, double[] values, @Nullable EnergyUnit unit, Scheme scheme) {
    AutoencoderPreset.@Nullable Variable preset = variables.isEmpty() ? null : variables.get(v);
    boolean isFormula =
        preset != null
            && preset.formula() != null
            && (scheme == Scheme.PUBLIC || (scheme == Scheme.THESIS && !preset.thesis()));
    if (isFormula && preset != null) {
      return preset.inUnit(unit);
    }
    return scheme == Scheme.AUTO
        ? FittedNormalization.knots(values)
        : FittedNormalization.standard(values);
  }
}
