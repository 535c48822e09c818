package org.jetfold.train.autoencoder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.Normalization;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.EnergyUnitEstimator;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.train.UntrainableTableException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the jets that an autoencoder learns from: the variables of a preset, or all float columns
 * of the group that has most of them. Of large tables, evenly spread events. Not thread-safe.
 */
public final class AutoencoderSampleReader {
  private static final int PIECE_ROWS = 4096;

  private final List<AutoencoderPreset.Variable> variables;
  private final long mostValues;
  private final List<Piece> pieces = new ArrayList<>();
  private @Nullable Schema schema;
  private int group;
  private List<Integer> columns = List.of();
  private List<String> names = List.of();

  /** The variable that tells the unit; −1 where there is none. */
  private int momentum = -1;

  private long read;
  private final List<EnergyUnitEstimator> momenta = new ArrayList<>();
  private int keptOneIn = 1;
  private long values;

  private record Piece(long number, double[][] values, int[] offsets) {}

  /**
   * How variables are normalized.
   *
   * <ul>
   *   <li>{@code PUBLIC}: as the preset has it;
   *   <li>{@code THESIS}: the same, but with mean and deviation where the thesis has them;
   *   <li>{@code STANDARD}: mean and standard deviation;
   *   <li>{@code AUTO}: the variable's own distribution becomes a logistic one of about unit width.
   * </ul>
   */
  public enum Scheme {
    /** The preset's. */
    PUBLIC,
    /** The thesis's. */
    THESIS,
    /** Mean and standard deviation. */
    STANDARD,
    /** From the distribution. */
    AUTO
  }

  /**
   * A reader.
   *
   * @param variables a preset's; empty for all float columns
   */
  public AutoencoderSampleReader(List<AutoencoderPreset.Variable> variables, long mostValues) {
    this.variables = List.copyOf(variables);
    this.mostValues = mostValues;
  }

  /**
   * Reads a table to its end.
   *
   * @param first what is done to the values of each column before they are learned
   * @throws UntrainableTableException where variables are missing, or it is not like the tables
   *     before
   */
  public void read(TableSource source, List<Precision> first)
      throws IOException, UntrainableTableException {
    if (schema == null) {
      choose(source.schema());
    } else if (!source.schema().equals(schema)) {
      throw new UntrainableTableException(
          "has other columns than the tables before: train on tables that are alike");
    }
    EnergyUnitEstimator ofTable = new EnergyUnitEstimator();
    momenta.add(ofTable);
    Table piece = source.next(PIECE_ROWS);
    while (piece != null) {
      if (momentum >= 0) {
        ofTable.add(piece.values(columns.get(momentum)));
      }
      if (read % keptOneIn == 0) {
        keep(piece, first);
      }
      read++;
      piece = source.next(PIECE_ROWS);
    }
  }

  private void choose(Schema found) throws UntrainableTableException {
    schema = found;
    List<QualifiedColumn> all = QualifiedColumn.all(found);
    int bestCount = -1;
    for (int candidate = 0; candidate < found.groups().size(); candidate++) {
      List<Integer> here =
          variables.isEmpty() ? floats(found, candidate) : named(found, all, candidate);
      int count = (int) here.stream().filter(column -> column >= 0).count();
      if (count > bestCount) {
        bestCount = count;
        group = candidate;
        columns = here;
      }
    }
    List<String> missing = new ArrayList<>();
    for (int v = 0; v < variables.size(); v++) {
      if (columns.get(v) < 0) {
        missing.add(variables.get(v).name());
      }
    }
    if (!missing.isEmpty()) {
      List<String> advice = new ArrayList<>();
      for (String name : missing.subList(0, Math.min(4, missing.size()))) {
        advice.add(name + ": " + QualifiedColumn.near(name, all));
      }
      throw new UntrainableTableException(
          "lacks %s (%s)".formatted(String.join(", ", missing), String.join("; ", advice)));
    }
    if (columns.isEmpty()) {
      throw new UntrainableTableException("has no float columns to learn");
    }
    names = columns.stream().map(column -> found.columns().get(column).name()).toList();
    for (int v = 0; v < names.size() && momentum < 0; v++) {
      momentum = isEnergy(v) && EnergyUnitEstimator.isMomentum(names.get(v)) ? v : -1;
    }
    for (int column : columns) {
      if (!found.columns().get(column).type().isFloat()) {
        throw new UntrainableTableException(
            "has integers in column %s, and an autoencoder takes floats: store it as float32, in CSV with a decimal point, or leave it out, with --columns, and --layers in place of --preset"
                .formatted(found.columns().get(column).name()));
      }
    }
  }

  private static List<Integer> floats(Schema schema, int group) {
    List<Integer> floats = new ArrayList<>();
    List<Column> here = schema.groups().get(group).columns();
    for (int i = 0; i < here.size(); i++) {
      if (here.get(i).type().isFloat() && !here.get(i).eventKey()) {
        floats.add(schema.firstColumn(group) + i);
      }
    }
    return floats;
  }

  /** A column answers to its name, to its name without the collection's, in any case. */
  private List<Integer> named(Schema schema, List<QualifiedColumn> all, int group) {
    List<Integer> found = new ArrayList<>();
    int from = schema.firstColumn(group);
    for (AutoencoderPreset.Variable variable : variables) {
      int at = -1;
      for (int column = from;
          column < from + schema.groups().get(group).columns().size();
          column++) {
        boolean exact = all.get(column).names().contains(variable.name());
        boolean ends =
            all.get(column).names().stream().anyMatch(name -> endsWith(name, variable.name()));
        at = exact || (ends && at < 0) ? column : at;
      }
      found.add(at);
    }
    return found;
  }

  static boolean endsWith(String column, String variable) {
    String name = column.toLowerCase(Locale.ROOT);
    String wanted = variable.toLowerCase(Locale.ROOT);
    return name.equals(wanted)
        || (name.endsWith(wanted)
            && "._:".indexOf(name.charAt(name.length() - wanted.length() - 1)) >= 0);
  }

  private void keep(Table piece, List<Precision> first) {
    int jets = piece.entries(group);
    double[][] kept = new double[columns.size()][jets];
    for (int v = 0; v < kept.length; v++) {
      int column = columns.get(v);
      Quantizer quantizer =
          Quantizer.of(first.get(column), piece.schema().columns().get(column).type());
      ColumnValues restored = piece.values(column);
      if (first.get(column).isLossy()) {
        long[] symbols = new long[jets];
        quantizer.quantize(piece.values(column), 0, jets, symbols);
        restored = ColumnValues.zeros(quantizer.type(), jets);
        quantizer.restore(symbols, jets, restored, 0);
      }
      for (int i = 0; i < jets; i++) {
        kept[v][i] =
            switch (restored) {
              case ColumnValues.Floats(float[] floats) -> floats[i];
              case ColumnValues.Doubles(double[] doubles) -> doubles[i];
              case ColumnValues.Integers(long[] integers) -> integers[i];
            };
      }
    }
    int[] offsets = new int[jets + 1];
    Arrays.setAll(offsets, i -> i);
    pieces.add(new Piece(read, kept, group > 0 ? piece.offsets(group).clone() : offsets));
    values += (long) jets * kept.length;
    while (values > mostValues && pieces.size() > 1) {
      keptOneIn *= 2;
      pieces.removeIf(old -> old.number() % keptOneIn != 0);
      values =
          pieces.stream().mapToLong(p -> (long) p.values().length * p.values()[0].length).sum();
    }
  }

  /** The names of the columns that were found, in the order of the network's inputs. */
  public List<String> names() {
    return names;
  }

  /**
   * The unit of energies.
   *
   * @param unit null where no column is an energy, or none has a value
   * @param reason how it is known, in words
   */
  public record Units(@Nullable EnergyUnit unit, String reason) {}

  /**
   * The unit of energies: as the columns state it, as it was asked for, or else as the medians of
   * pt tell.
   *
   * @throws UntrainableTableException where a column states another than was asked for, where
   *     tables have different ones, or where nothing tells it
   */
  public Units units(@Nullable EnergyUnit asked) throws UntrainableTableException {
    Schema known = schema;
    if (known == null) {
      return new Units(asked, "");
    }
    boolean hasEnergies = false;
    for (int v = 0; v < columns.size(); v++) {
      if (!isEnergy(v)) {
        continue;
      }
      hasEnergies = true;
      EnergyUnit stated = EnergyUnit.of(known.columns().get(columns.get(v)).unit());
      if (stated != null) {
        if (asked != null && asked != stated) {
          throw new UntrainableTableException(
              "has column %s in %s: --units %s is wrong"
                  .formatted(names.get(v), stated.symbol(), asked.symbol()));
        }
        return new Units(stated, "as column %s states".formatted(names.get(v)));
      }
    }
    if (asked != null || !hasEnergies) {
      return new Units(asked, "as --units says");
    }
    if (momentum < 0) {
      throw new UntrainableTableException(
          "has energies, but no column pt that would tell their unit: say --units MeV or GeV");
    }
    return unitsOfMedians();
  }

  private Units unitsOfMedians() throws UntrainableTableException {
    Units found = new Units(null, "");
    for (int table = 0; table < momenta.size(); table++) {
      EnergyUnit unit = momenta.get(table).unit();
      if (found.unit() != null && unit != null && found.unit() != unit) {
        throw new UntrainableTableException(
            "and the other tables have energies in different units, by the median of %s: table %d is in %s"
                .formatted(names.get(momentum), table + 1, unit.symbol()));
      }
      if (found.unit() == null && unit != null) {
        found =
            new Units(
                unit,
                "by the median of %s, %s"
                    .formatted(names.get(momentum), rounded(momenta.get(table).median())));
      }
    }
    return found;
  }

  private static String rounded(double momentum) {
    return String.format(Locale.ROOT, momentum < 100 ? "%.3g" : "%.0f", momentum);
  }

  private boolean isEnergy(int v) {
    return variables.isEmpty()
        ? EnergyNames.isEnergy(names.get(v))
        : variables.get(v).unit() != null;
  }

  private double[] joined(int v) {
    return pieces.stream().flatMapToDouble(p -> Arrays.stream(p.values()[v])).toArray();
  }

  /**
   * What was read.
   *
   * @param unit of energies
   * @param kept names of columns that are stored by themselves and given to the decoder, too
   * @param weights of variables in the loss, by columns' names; 1 for others
   * @throws UntrainableTableException where there was nothing, or a name is none of the variables
   */
  public AutoencoderSample sample(
      @Nullable EnergyUnit unit, Scheme scheme, List<String> kept, Map<String, Double> weights)
      throws UntrainableTableException {
    int jets = pieces.stream().mapToInt(p -> p.values()[0].length).sum();
    if (jets == 0) {
      throw new UntrainableTableException(
          "holds a table without rows: there is nothing to learn from");
    }
    TreeSet<String> unknown = new TreeSet<>(kept);
    unknown.addAll(weights.keySet());
    unknown.removeIf(name -> names.stream().anyMatch(column -> endsWith(column, name)));
    if (!unknown.isEmpty()) {
      throw new UntrainableTableException(
          "has no variable %s in its network, which sees %s"
              .formatted(String.join(", ", unknown), String.join(", ", names)));
    }
    double[][] joined = new double[names.size()][];
    List<AutoencoderVariable> described = new ArrayList<>();
    double[] lossWeights = new double[names.size()];
    for (int v = 0; v < joined.length; v++) {
      joined[v] = joined(v);
      String name = names.get(v);
      boolean isKept = kept.stream().anyMatch(wanted -> endsWith(name, wanted));
      described.add(
          new AutoencoderVariable(
              name, isEnergy(v), isKept, normalization(v, joined[v], unit, scheme)));
      lossWeights[v] = weight(name, weights, Map.Entry::getValue);
    }
    int[] offsets = new int[1 + pieces.stream().mapToInt(p -> p.offsets().length - 1).sum()];
    int event = 0;
    int at = 0;
    for (Piece piece : pieces) {
      for (int i = 1; i < piece.offsets().length; i++) {
        offsets[++event] = at + piece.offsets()[i];
      }
      at += piece.values()[0].length;
    }
    return new AutoencoderSample(described, lossWeights, joined, offsets, group > 0);
  }

  private static double weight(
      String name, Map<String, Double> weights, ToDoubleFunction<Map.Entry<String, Double>> value) {
    return new TreeMap<>(weights)
        .entrySet().stream()
            .filter(entry -> endsWith(name, entry.getKey()))
            .mapToDouble(value)
            .findFirst()
            .orElse(1);
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
