package org.jetfold.cli.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jetfold.cli.console.JsonOutput;
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
final class DensityFileDescription implements FileDescription {
  private final String name;
  private final DensityModel model;

  DensityFileDescription(String name, DensityModel model) {
    this.name = name;
    this.model = model;
  }

  private long weights() {
    long weights = 0;
    for (int length : AutoregressiveWeights.lengths(model.shape())) {
      weights += length;
    }
    return weights;
  }

  @Override
  public List<String> lines() {
    ModelDescription description = model.description();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: Jetfold model, made by %s"
            .formatted(Streams.printable(name), Streams.printable(description.producer())));
    lines.add(
        "%s, %s in %s: %d hidden units, %d components; %s"
            .formatted(
                Quantities.count(description.columns().size(), "column"),
                Quantities.count(weights(), "weight"),
                Quantities.bytes(model.size()),
                description.hidden(),
                description.components(),
                description.events() ? "with events" : "without events"));
    lines.add("SHA-256 " + model.hash());
    lines.add("");
    TextTable table = new TextTable(Side.LEFT, Side.LEFT, Side.LEFT, Side.RIGHT, Side.LEFT);
    table.line("column", "type", "precision", "cells", "relative to").rule();
    for (int i = 0; i < description.columns().size(); i++) {
      ModelColumn column = description.columns().get(i);
      Alphabet alphabet = model.alphabets().get(i);
      table.line(
          Streams.printable(column.name()),
          column.type().name().toLowerCase(Locale.ROOT),
          column.precision().toString(),
          Integer.toString(alphabet.cells()),
          alphabet.reference() < 0
              ? ""
              : Streams.printable(description.columns().get(alphabet.reference()).name()));
    }
    lines.addAll(table.lines());
    lines.add("");
    lines.add("Columns are decoded in this order; each needs those before it.");
    return lines;
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    ModelDescription description = model.description();
    json.writeStringField("file", name);
    json.writeStringField("kind", "density");
    json.writeStringField("producer", description.producer());
    json.writeStringField("sha256", model.hash());
    json.writeNumberField("bytes", model.size());
    json.writeNumberField("weights", weights());
    json.writeNumberField("hidden", description.hidden());
    json.writeNumberField("components", description.components());
    json.writeBooleanField("events", description.events());
    JsonOutput.writeArray(
        json,
        "columns",
        description.columns(),
        (column, out) -> {
          out.writeStringField("name", column.name());
          out.writeStringField("type", column.type().name().toLowerCase(Locale.ROOT));
          out.writeStringField("precision", column.precision().toString());
        });
  }
}
