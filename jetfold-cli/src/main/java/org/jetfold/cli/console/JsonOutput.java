package org.jetfold.cli.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.util.Collection;

/** JSON for programs, on standard output. */
public final class JsonOutput {
  private JsonOutput() {}

  /** Writes the fields of an object. */
  @FunctionalInterface
  public interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  /** Writes the fields of an object about something. */
  @FunctionalInterface
  public interface FieldsOf<T> {
    void write(T subject, JsonGenerator json) throws IOException;
  }

  /** Writes an object and ends the line. */
  public static void write(Streams streams, Fields fields) throws IOException {
    try (JsonGenerator json =
        new JsonFactory()
            .createGenerator(streams.data())
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  /** Writes a field whose value is an array with an object for each element. */
  public static <T> void writeArray(
      JsonGenerator json, String name, Collection<T> elements, FieldsOf<T> fields)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (T element : elements) {
      json.writeStartObject();
      fields.write(element, json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
