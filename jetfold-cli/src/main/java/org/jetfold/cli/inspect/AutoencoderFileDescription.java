package org.jetfold.cli.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jetfold.cli.console.JsonOutput;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderDescription;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.Normalization;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.text.Quantities;

/** What the file of an autoencoder says of itself. */
final class AutoencoderFileDescription implements FileDescription {
  private final String name;
  private final Autoencoder model;

  AutoencoderFileDescription(String name, Autoencoder model) {
    this.name = name;
    this.model = model;
  }

  private String layers() {
    AutoencoderDescription description = model.description();
    return Arrays.stream(description.encoderWidths())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining("-"))
        + Arrays.stream(description.decoderWidths())
            .skip(1)
            .mapToObj(width -> "-" + width)
            .collect(Collectors.joining());
  }

  private String unit() {
    EnergyUnit unit = model.description().unit();
    return unit == null ? "" : unit.symbol();
  }

  private String activation() {
    return model.description().activation().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public List<String> lines() {
    AutoencoderDescription description = model.description();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: Jetfold autoencoder%s, made by %s"
            .formatted(
                Streams.printable(name),
                description.name().isEmpty() ? "" : " " + Streams.printable(description.name()),
                Streams.printable(description.producer())));
    lines.add(
        "%s, %s; %s in %s"
            .formatted(
                layers(),
                activation(),
                Quantities.count(model.weights(), "weight"),
                Quantities.bytes(model.size())));
    if (description.jets() > 1) {
      lines.add("%d jets of an event form one input".formatted(description.jets()));
    }
    lines.add("SHA-256 " + model.hash());
    lines.add("");
    TextTable table = new TextTable(Side.LEFT, Side.LEFT, Side.LEFT, Side.LEFT);
    table.line("variable", "unit", "normalized", "").rule();
    for (AutoencoderVariable variable : description.variables()) {
      table.line(
          variable.name(),
          variable.energy() ? unit() : "",
          text(variable.normalization()),
          variable.kept() ? "kept" : "");
    }
    lines.addAll(table.lines());
    return lines;
  }

  private static String text(Normalization normalization) {
    return switch (normalization) {
      case Normalization.Knots(double[] x, double[] _) ->
          "%d knots from its distribution".formatted(x.length);
      case Normalization.Formula(
              boolean logarithm,
              double factor,
              double offset,
              double centre,
              double width) -> {
        String x = factor == 1 ? "x" : Quantities.significant(factor, 6) + "·x";
        String u = x + signed(offset);
        String inner = logarithm ? "log10(" + u + ")" : u;
        yield "(" + inner + signed(-centre) + ") / " + Quantities.significant(width, 6);
      }
    };
  }

  private static String signed(double number) {
    return number == 0
        ? ""
        : (number > 0 ? " + " : " − ") + Quantities.significant(Math.abs(number), 6);
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    AutoencoderDescription description = model.description();
    json.writeStringField("file", name);
    json.writeStringField("kind", "autoencoder");
    json.writeStringField("preset", description.name());
    json.writeStringField("producer", description.producer());
    json.writeStringField("sha256", model.hash());
    json.writeNumberField("bytes", model.size());
    json.writeNumberField("weights", model.weights());
    json.writeStringField("layers", layers());
    json.writeStringField("activation", activation());
    json.writeNumberField("latents", description.latents());
    json.writeNumberField("jets", description.jets());
    json.writeStringField("unit", unit());
    JsonOutput.writeArray(
        json,
        "columns",
        description.variables(),
        (variable, out) -> {
          out.writeStringField("name", variable.name());
          out.writeBooleanField("kept", variable.kept());
          out.writeStringField("normalization", text(variable.normalization()));
        });
  }
}
