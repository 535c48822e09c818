package org.jetfold.cli.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.codec.density.Alphabet;
import org.jetfold.codec.density.ContextColumn;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.ModelColumn;
import org.jetfold.codec.density.ModelDescription;
import org.jetfold.codec.density.TrainingRecord;
import org.jetfold.codec.network.AutoregressiveWeights;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.text.Quantities;

/** What the file of a density model says of itself. */
final class DensityFileDescription extends ModelFileDescription<ModelColumn> {
  private final DensityModel model;

  DensityFileDescription(String name, DensityModel model) {
    super(name, model);
    this.model = model;
  }

  @Override
  long weights() {
    long weights = 0;
    for (int length : AutoregressiveWeights.lengths(model.shape())) {
      weights += length;
    }
    return weights;
  }

  @Override
  String kind() {
    return "density";
  }

  @Override
  String title() {
    return "Jetfold model";
  }

  @Override
  String producer() {
    return model.description().producer();
  }

  @Override
  List<String> shape() {
    ModelDescription description = model.description();
    return List.of(
        "%s, %s in %s: %d hidden units, %d components; %s"
            .formatted(
                Quantities.count(description.columns().size(), "column"),
                Quantities.count(weights(), "weight"),
                Quantities.bytes(model.size()),
                description.hidden(),
                description.components(),
                description.events() ? "with events" : "without events"));
  }

  @Override
  TextTable table() {
    TextTable table =
        new TextTable(Side.LEFT, Side.LEFT, Side.LEFT, Side.RIGHT, Side.RIGHT, Side.LEFT);
    table.line("column", "type", "precision", "cells", "bits", "relative to").rule();
    for (int i = 0; i < columns().size(); i++) {
      int number = i;
      ModelColumn column = columns().get(i);
      Alphabet alphabet = model.alphabets().get(i);
      table.line(
          Streams.printable(column.name()),
          column.type().toString(),
          column.precision().toString(),
          Integer.toString(alphabet.cells()),
          model
              .training()
              .map(training -> Quantities.decimal(training.columns().get(number).bits(), 2))
              .orElse("?"),
          alphabet.reference() < 0
              ? ""
              : Streams.printable(columns().get(alphabet.reference()).name()));
    }
    return table;
  }

  @Override
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add("");
    notes.add("Columns are decoded in this order; each needs those before it.");
    List<String> contexts =
        model.description().contexts().stream()
            .map(context -> context.source().toString())
            .toList();
    if (!contexts.isEmpty()) {
      notes.add(
          "All need, of what their rows belong to: %s."
              .formatted(Streams.printable(String.join(", ", contexts))));
    }
    model
        .training()
        .ifPresent(training -> {
          notes.add(
              "Bits are those of a value of the training's test set, %s for all columns."
                  .formatted(Quantities.decimal(training.bits(), 2)));
          EnergyUnit unit = training.unit();
          if (unit != null) {
            notes.add("Energies are in %s.".formatted(unit.symbol()));
          }
        });
    return notes;
  }

  @Override
  List<ModelColumn> columns() {
    return model.description().columns();
  }

  @Override
  void writeShape(JsonGenerator json) throws IOException {
    ModelDescription description = model.description();
    json.writeNumberField("hidden", description.hidden());
    json.writeNumberField("components", description.components());
    json.writeBooleanField("events", description.events());
    json.writeStringField("collection", description.collection());
    json.writeArrayFieldStart("contexts");
    for (ContextColumn context : description.contexts()) {
      json.writeString(context.source().toString());
    }
    json.writeEndArray();
    json.writeStringField(
        "unit", model.training().map(TrainingRecord::unit).map(EnergyUnit::symbol).orElse(null));
  }

  @Override
  void writeColumn(ModelColumn column, JsonGenerator json) throws IOException {
    json.writeStringField("name", column.name());
    json.writeStringField("type", column.type().toString());
    json.writeStringField("precision", column.precision().toString());
    TrainingRecord training = model.training().orElse(null);
    if (training == null) {
      json.writeNullField("bits");
    } else {
      json.writeNumberField("bits", training.columns().get(columns().indexOf(column)).bits());
    }
  }
}
