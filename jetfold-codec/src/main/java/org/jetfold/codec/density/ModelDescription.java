package org.jetfold.codec.density;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.entropy.DistributionWriter;
import org.jetfold.codec.entropy.FittedDistribution;
import org.jetfold.codec.network.AutoregressiveShape;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * What a model codes, without the network's weights.
 *
 * @param producer the program and version that made it
 * @param events whether the columns' rows belong to events
 * @param columns in the order in which they are coded
 * @param hidden units of each hidden layer
 * @param components logistic distributions per mixture
 * @param distributions the bytes of the columns' distributions, as docs/format.md section 7 has
 *     them
 * @param collection the path of the collection that it was made for, empty for the rows of a table
 *     or the values of events; null where it does not say
 * @param places how many places of rows in their events have an input of their own; 0 without
 *     events
 * @param contexts what else is known of rows; what comes from lists behind all others
 */
public record ModelDescription(
    String producer,
    boolean events,
    List<ModelColumn> columns,
    int hidden,
    int components,
    byte[] distributions,
    @Nullable String collection,
    int places,
    List<ContextColumn> contexts) {
  /** Copies the lists. */
  public ModelDescription {
    columns = List.copyOf(columns);
    contexts = List.copyOf(contexts);
  }

  /** Without contexts. */
  ModelDescription(
      String producer,
      boolean events,
      List<ModelColumn> columns,
      int hidden,
      int components,
      byte[] distributions,
      @Nullable String collection) {
    this(
        producer,
        events,
        columns,
        hidden,
        components,
        distributions,
        collection,
        events ? ContextInputs.TOLD_APART : 0,
        List.of());
  }

  /** The wiring of the network. */
  public AutoregressiveShape shape() {
    return ContextInputs.shape(columns.size(), places, contexts.size(), hidden, components);
  }

  /** Whether the phases of events shift the grid of some column. */
  public boolean isDithered() {
    return columns.stream().anyMatch(column -> column.scale().dithered());
  }

  /**
   * A column to be described.
   *
   * @param scale its spikes, and whether the phases of events shift the grid
   * @param symbols its symbols in the data that the model is made for, at least one
   */
  public record Sample(
      String name, ValueType type, Precision precision, SegmentScale scale, long[] symbols) {
    /** A column without spikes that no phases shift. */
    public Sample(String name, ValueType type, Precision precision, long[] symbols) {
      this(name, type, precision, SegmentScale.PLAIN, symbols);
    }
  }

  /**
   * A context column to be described.
   *
   * @param source where it comes from
   * @param symbols its symbols ({@link ContextSource#quantizer}) in the data that the model is made
   *     for, at least one
   */
  public record ContextSample(ContextSource source, long[] symbols) {}

  /** Describes columns by their samples, which are equally long, in the order of coding. */
  public static ModelDescription of(
      String producer, boolean events, List<Sample> samples, int hidden, int components) {
    return of(
        producer, events ? ContextInputs.TOLD_APART : 0, samples, List.of(), hidden, components);
  }

  /**
   * As above, of rows of which more is known.
   *
   * @param places how many places of rows in their events are told apart; 0 without events
   * @param known of rows; what comes from lists behind all others
   */
  public static ModelDescription of(
      String producer,
      int places,
      List<Sample> samples,
      List<ContextSample> known,
      int hidden,
      int components) {
    DistributionWriter writer = new DistributionWriter();
    List<ModelColumn> columns = new ArrayList<>();
    for (int column = 0; column < samples.size(); column++) {
      Sample sample = samples.get(column);
      Map<Integer, long[]> before = new HashMap<>();
      for (int other = 0; other < column; other++) {
        Sample candidate = samples.get(other);
        if (candidate.type() == sample.type() && candidate.precision().equals(sample.precision())) {
          before.put(other, candidate.symbols());
        }
      }
      columns.add(
          new ModelColumn(
              sample.name(),
              sample.type(),
              sample.precision(),
              sample.scale(),
              writer.write(FittedDistribution.withEscape(sample.symbols(), before))));
    }
    List<ContextColumn> contexts = new ArrayList<>();
    for (ContextSample sample : known) {
      contexts.add(
          new ContextColumn(
              sample.source(),
              writer.write(FittedDistribution.withEscape(sample.symbols(), Map.of()))));
    }
    return new ModelDescription(
        producer, places > 0, columns, hidden, components, writer.finish(), null, places, contexts);
  }

  /** This, made for a collection. */
  public ModelDescription inCollection(String path) {
    return new ModelDescription(
        producer, events, columns, hidden, components, distributions, path, places, contexts);
  }
}
