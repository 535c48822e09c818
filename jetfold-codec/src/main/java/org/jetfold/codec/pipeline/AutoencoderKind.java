package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderFile;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.FileHeader.LatentCoding;
import org.jetfold.codec.file.FileHeader.ModelReference;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.NamePattern;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;

/** Autoencoders (docs/autoencoder.md). */
final class AutoencoderKind implements ModelKind {
  @Override
  public int number() {
    return Autoencoder.KIND;
  }

  @Override
  public String name() {
    return "autoencoder";
  }

  @Override
  public Autoencoder read(byte[] bytes) {
    return AutoencoderFile.read(bytes);
  }

  @Override
  public Map<Integer, Precision> trainedPrecisions(Schema schema, LearnedModel model) {
    return Map.of();
  }

  /**
   * Columns that the model sees and that are not kept are measured, or with bounds within their
   * precision; what was asked for is what is done to the network's inputs.
   */
  @Override
  public Planned plan(Schema schema, List<Precision> precisions, ModelUse use) {
    use.latents().requireFits(ValueType.FLOAT32);
    if (use.latents() instanceof Precision.Dithered || use.latents() instanceof Precision.Step) {
      throw new ModelException(
          "latents cannot be dithered or rounded to decimal steps, was %s: store them with abs, rel or bits"
              .formatted(use.latents()));
    }
    Autoencoder model = (Autoencoder) use.model();
    LatentCoding latents = new LatentCoding(model.description().latents(), use.latents());
    AutoencoderCoder coder =
        AutoencoderCoder.of(
            schema,
            model,
            0,
            kept(schema, use.kept()),
            latents,
            new AutoencoderCoder.Inputs(List.copyOf(precisions), use.unit()));
    // Where a unit is wrong, that is better known before the table is read.
    EnergyUnitCheck.of(schema, coder, use.unit());
    List<Precision> stored = new ArrayList<>(precisions);
    if (!use.bounded()) {
      coder.columns().forEach(column -> stored.set(column, Precision.measured()));
    }
    return new Planned(
        coder, stored, new ModelReference(number(), model.hash(), use.embedded(), latents));
  }

  /** The columns that some names call. They are no globs: one would soon keep all. */
  private static Set<Integer> kept(Schema schema, List<String> names) {
    List<QualifiedColumn> all = QualifiedColumn.all(schema);
    Set<Integer> kept = new HashSet<>();
    for (String name : names) {
      boolean found = false;
      for (int column = 0; column < all.size(); column++) {
        if (all.get(column).names().contains(name)) {
          kept.add(column);
          found = true;
        }
      }
      if (!found) {
        throw new ModelException(
            name.isBlank() || !NamePattern.parse(name).plain()
                ? "'%s' is not the name of a column to keep: name each column".formatted(name)
                : "there is no column %s to keep: %s"
                    .formatted(name, QualifiedColumn.near(name, all)));
      }
    }
    return kept;
  }

  @Override
  public AutoencoderCoder fit(FileHeader header, int number, LearnedModel read) {
    Autoencoder model = (Autoencoder) read;
    LatentCoding latents = header.models().get(number).latents();
    if (latents == null || latents.count() != model.description().latents()) {
      throw new ModelException("the number of latents");
    }
    Set<Integer> kept = new HashSet<>();
    for (int column = 0; column < header.columns().size(); column++) {
      if (header.columns().get(column).coding() == 0) {
        kept.add(column);
      }
    }
    return AutoencoderCoder.of(
        header.schema(), model, number, kept, Objects.requireNonNull(latents), null);
  }
}
