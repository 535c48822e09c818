package org.jetfold.examples;

import java.io.IOException;
import java.nio.file.Path;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.ModelFile;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelSource;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.train.density.DensityTraining;
import org.jetfold.train.density.SampleReader;
import org.jetfold.train.density.TrainingSettings;

/** Trains a model, and compresses with it: {@code TrainModel jets.npz 5 jets.jetm jets.jetf}. */
public final class TrainModel {
  public static void main(String[] args) throws IOException {
    SourceOptions options = new SourceOptions(System.err::println);
    SampleReader reader = new SampleReader();
    try (TableSource source = TableFiles.open(args[0], null, options)) {
      reader.read(source, PrecisionRules.jets().resolve(source.schema()).columns());
    }
    double minutes = Double.parseDouble(args[1]);
    TrainingSettings settings = TrainingSettings.shared(Compressor.PRODUCER, minutes, 2);
    LearnedModel model = DensityTraining.train(reader.sample(), settings).model();
    ModelFile.write(model, Path.of(args[2]));
    Path file = Path.of(args[3]);
    try (TableSource source = TableFiles.open(args[0], null, options);
        Compressor compressor = new Compressor(2)) {
      compressor.compress(source, Compression.asTrained(source.schema(), ModelUse.of(model)), file);
    }
    try (Decompressor decompressor = new Decompressor(file, 2, ModelSource.of(model))) {
      System.out.println(decompressor.readAll().rootEntries() + " events");
    }
  }
}
