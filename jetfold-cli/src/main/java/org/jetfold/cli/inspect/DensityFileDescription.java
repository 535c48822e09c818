package org.jetfold.cli.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.codec.density.Alphabet;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.ModelColumn;
import org.jetfold.codec.density.ModelDescription;
import org.jetfold.codec.network.AutoregressiveWeights;
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
    TextTable table = new TextTable(Side.LEFT, Side.LEFT, Side.LEFT, Side.RIGHT, Side.LEFT);
    table.line("column", "type", "precision", "cells", "relative to").rule();
    for (int i = 0; i < columns().size(); i++) {
      ModelColumn column = columns().get(i);
      Alphabet alphabet = model.alphabets().get(i);
      table.line(
          Streams.printable(column.name()),
          column.type().name().toLowerCase(Locale.ROOT),
          column.precision().toString(),
          Integer.toString(alphabet.cells()),
          alphabet.reference() < 0
              ? ""
              : Streams.printable(columns().get(alphabet.reference()).name()));
    }
    return table;
  }

  @Override
  List<String> notes() {
    return List.of("", "Columns are decoded in this order; each needs those before it.");
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
  }

  @Override
  void writeColumn(ModelColumn column, JsonGenerator json) throws IOException {
    json.writeStringField("name", column.name());
    json.writeStringField("type", column.type().name().toLowerCase(Locale.ROOT));
    json.writeStringField("precision", column.precision().toString());
  }
}
