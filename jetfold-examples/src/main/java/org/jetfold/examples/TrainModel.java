package org.jetfold.examples;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.ModelFile;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelSource;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.SourceOptions;

/** Compresses with a trained model, and restores: {@code UseModel jets.npz jets.jetm jets.jetf}. */
public final class UseModel {
  public static void main(String[] args) throws IOException {
    LearnedModel model = ModelFile.read(Path.of(args[1]));
    Path file = Path.of(args[2]);
    SourceOptions options = new SourceOptions(System.err::println);
    try (TableSource source = TableFiles.open(args[0], null, options);
        OutputStream out = Files.newOutputStream(file);
        Compressor compressor = new Compressor(2)) {
      Compression plan = Compression.asTrained(source.schema(), ModelUse.of(model));
      System.out.println(compressor.compress(source, plan, out, done -> {}).bytes() + " bytes");
    }
    try (Decompressor decompressor = new Decompressor(file, 2, ModelSource.of(model));
        TableSource source = decompressor.read()) {
      System.out.println(source.readAll().rootEntries() + " events");
    }
  }
}
