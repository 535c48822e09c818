package org.jetfold.cli.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jetfold.cli.console.NormalizationText;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderDescription;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.LatentPrior;
import org.jetfold.codec.network.AutoregressiveWeights;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.text.Quantities;

/** What the file of an autoencoder says of itself. */
final class AutoencoderFileDescription extends ModelFileDescription<AutoencoderVariable> {
  private final Autoencoder model;

  AutoencoderFileDescription(String name, Autoencoder model) {
    super(name, model);
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
  String kind() {
    return "autoencoder";
  }

  @Override
  String title() {
    return ("Jetfold autoencoder " + model.description().name()).strip();
  }

  @Override
  String producer() {
    return model.description().producer();
  }

  @Override
  long weights() {
    return model.weights();
  }

  @Override
  List<String> shape() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, %s; %s in %s"
            .formatted(
                layers(),
                activation(),
                Quantities.count(weights(), "weight"),
                Quantities.bytes(model.size())));
    if (model.description().jets() > 1) {
      lines.add("%d jets of an event form one input".formatted(model.description().jets()));
    }
    if (model.description().memory() > 0) {
      lines.add(
          "%s remember the earlier jets of an event"
              .formatted(Quantities.count(model.description().memory(), "recurrent unit")));
    }
    LatentPrior prior = model.prior();
    if (prior != null) {
      lines.add(
          "latents are coded by a prior at %s, of %s in %s"
              .formatted(
                  prior.precision(),
                  Quantities.count(weights(prior), "weight"),
                  Quantities.bytes(prior.model().size())));
    }
    return lines;
  }

  private static long weights(LatentPrior prior) {
    return Arrays.stream(AutoregressiveWeights.lengths(prior.model().shape())).sum();
  }

  @Override
  TextTable table() {
    TextTable table = new TextTable(Side.LEFT, Side.LEFT, Side.LEFT, Side.LEFT);
    table.line("variable", "unit", "normalized", "").rule();
    for (AutoencoderVariable variable : columns()) {
      table.line(
          Streams.printable(variable.name()),
          variable.energy() ? unit() : "",
          NormalizationText.of(variable, columns()),
          variable.kept() ? "kept" : "");
    }
    return table;
  }

  @Override
  List<AutoencoderVariable> columns() {
    return model.description().variables();
  }

  @Override
  void writeShape(JsonGenerator json) throws IOException {
    AutoencoderDescription description = model.description();
    json.writeStringField("preset", description.name());
    json.writeStringField("layers", layers());
    json.writeStringField("activation", activation());
    json.writeNumberField("latents", description.latents());
    json.writeNumberField("jets", description.jets());
    json.writeNumberField("memory", description.memory());
    json.writeStringField("unit", unit());
    LatentPrior prior = model.prior();
    if (prior != null) {
      json.writeStringField("prior", prior.precision().toString());
    }
  }

  @Override
  void writeColumn(AutoencoderVariable variable, JsonGenerator json) throws IOException {
    json.writeStringField("name", variable.name());
    json.writeBooleanField("kept", variable.kept());
    json.writeStringField("normalization", NormalizationText.of(variable, columns()));
  }
}
