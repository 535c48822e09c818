package org.jetfold.cli.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.file.ModelFiles;
import org.jetfold.codec.density.Alphabet;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.ModelColumn;
import org.jetfold.codec.density.ModelDescription;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.network.AutoregressiveWeights;
import org.jetfold.codec.text.Quantities;

/** What a model file says of itself. */
final class ModelReport {

  private final String name;
  private final DensityModel model;

  ModelReport(String name, DensityModel model) {
    this.name = name;
    this.model = model;
  }

  /** Whether a file is a model, by its first bytes; false for one that cannot be read. */
  static boolean isModel(String name) {
    try {
      Path file = FileNames.path(name);
      return Files.isRegularFile(file) && ModelFiles.begins(file);
    } catch (IOException | JetfoldException _) {
      // The command that reads it next says why.
      return false;
    }
  }

  private long weights() {
    long weights = 0;
    for (int length : AutoregressiveWeights.lengths(model.shape())) {
      weights += length;
    }
    return weights;
  }

  List<String> text() {
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

  /** The same for programs; docs/cli.md lists the fields. */
  void writeJson(OutputStream out) throws IOException {
    ModelDescription description = model.description();
    try (JsonGenerator json =
        new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("file", name);
      json.writeStringField("producer", description.producer());
      json.writeStringField("sha256", model.hash());
      json.writeNumberField("bytes", model.size());
      json.writeNumberField("weights", weights());
      json.writeNumberField("hidden", description.hidden());
      json.writeNumberField("components", description.components());
      json.writeBooleanField("events", description.events());
      json.writeArrayFieldStart("columns");
      for (ModelColumn column : description.columns()) {
        json.writeStartObject();
        json.writeStringField("name", column.name());
        json.writeStringField("type", column.type().name().toLowerCase(Locale.ROOT));
        json.writeStringField("precision", column.precision().toString());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }
}
