package org.jetfold.cli.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.cli.console.JsonOutput;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.codec.model.LearnedModel;

/**
 * What the file of a model says of itself, whatever kind it is of.
 *
 * @param <C> what describes one of its columns
 */
abstract class ModelFileDescription<C> implements FileDescription {
  private final String name;
  private final LearnedModel model;

  ModelFileDescription(String name, LearnedModel model) {
    this.name = name;
    this.model = model;
  }

  /** The kind, as programs read it. */
  abstract String kind();

  /** The kind and what it is called, as people read it. */
  abstract String title();

  abstract String producer();

  abstract long weights();

  /** The lines about its size. */
  abstract List<String> shape();

  abstract TextTable table();

  /** The lines behind the table. */
  List<String> notes() {
    return List.of();
  }

  abstract List<C> columns();

  /** Writes the fields that only this kind has. */
  abstract void writeShape(JsonGenerator json) throws IOException;

  abstract void writeColumn(C column, JsonGenerator json) throws IOException;

  @Override
  public final List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s, made by %s"
            .formatted(
                Streams.printable(name),
                Streams.printable(title()),
                Streams.printable(producer())));
    lines.addAll(shape());
    lines.add("SHA-256 " + model.hash());
    lines.add("");
    lines.addAll(table().lines());
    lines.addAll(notes());
    return lines;
  }

  @Override
  public final void write(JsonGenerator json) throws IOException {
    json.writeStringField("file", name);
    json.writeStringField("kind", kind());
    json.writeStringField("producer", producer());
    json.writeStringField("sha256", model.hash());
    json.writeNumberField("bytes", model.size());
    json.writeNumberField("weights", weights());
    writeShape(json);
    JsonOutput.writeArray(json, "columns", columns(), this::writeColumn);
  }
}
