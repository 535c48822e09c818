package org.jetfold.cli.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.file.ModelFiles;
import org.jetfold.cli.file.OutputFile;
import org.jetfold.cli.onnx.BareExport;
import org.jetfold.cli.onnx.OnnxExport;
import org.jetfold.cli.option.OverwriteOption;
import org.jetfold.cli.option.QuietOption;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.tables.TableFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jetfold export}. */
@Command(
    name = "export",
    description =
        "Writes the networks of an autoencoder as ONNX models, including the normalization, for"
            + " hardware tools and the software of experiments.",
    footerHeading = "%nExamples%n",
    footer = {
      "  jetfold export ae14.jetm -o encoder.onnx --decoder decoder.onnx",
      "  jetfold export ae14.jetm --bare -o encoder.onnx      (and encoder.json)",
    })
public final class ExportCommand implements Callable<Integer> {
  private static final String ENDING = ".onnx";

  private final Streams streams;

  @Parameters(paramLabel = "MODEL.jetm", description = "An autoencoder.")
  String input = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "ENCODER.onnx",
      required = true,
      description = "The encoder, from values to latents.")
  String encoder = "";

  @Option(
      names = "--decoder",
      paramLabel = "DECODER.onnx",
      description = "The decoder, from latents to values.")
  @Nullable String decoder;

  @Option(
      names = "--bare",
      description =
          "The networks alone, Gemm and activations in float32, for tools that know no other"
              + " operators. Linear normalizations are folded into the first and last layers; a"
              + " JSON file of the same name tells the others.")
  boolean bare;

  @Mixin OverwriteOption replacing = new OverwriteOption();
  @Mixin QuietOption working = new QuietOption();

  public ExportCommand(Streams streams) {
    this.streams = streams;
  }

  /** A file to write. */
  private record Output(String name, byte[] content) {}

  @Override
  public Integer call() throws IOException {
    Autoencoder model = ModelFiles.readAutoencoder(input);
    if (model.description().memory() > 0) {
      throw CommandFailure.usage(
          "a network that remembers the jets of an event cannot be exported: train one"
              + " without --memory");
    }
    List<Output> outputs = new ArrayList<>();
    String second = decoder;
    if (bare && (encoder.equals(TableFiles.STANDARD) || TableFiles.STANDARD.equals(second))) {
      throw CommandFailure.usage("--bare writes a JSON file beside the network: name a file");
    }
    if (bare) {
      BareExport export = new BareExport(model);
      outputs.add(new Output(encoder, export.encoder()));
      outputs.add(new Output(beside(encoder), export.encoderJson()));
      if (second != null) {
        outputs.add(new Output(second, export.decoder()));
        outputs.add(new Output(beside(second), export.decoderJson()));
      }
    } else {
      OnnxExport export = new OnnxExport(model);
      outputs.add(new Output(encoder, export.encoder()));
      if (second != null) {
        outputs.add(new Output(second, export.decoder()));
      }
    }
    FileNames.refuseSameFiles(
        List.of(input), outputs.stream().map(Output::name).toArray(String[]::new));
    write(outputs);
    return ExitCode.OK;
  }

  private static String beside(String name) {
    return (name.toLowerCase(Locale.ROOT).endsWith(ENDING)
            ? name.substring(0, name.length() - ENDING.length())
            : name)
        + ".json";
  }

  /** Writes all or none: the first is renamed only when the last is written. */
  private void write(List<Output> outputs) throws IOException {
    List<OutputFile> files = new ArrayList<>();
    try {
      for (Output output : outputs) {
        OutputFile file = OutputFile.create(output.name, replacing.overwrite, streams);
        files.add(file);
        file.write(output.content);
      }
      for (int i = 0; i < files.size(); i++) {
        try {
          files.get(i).commit();
        } catch (IOException | JetfoldException e) {
          for (OutputFile written : files.subList(0, i)) {
            written.remove();
          }
          throw e;
        }
      }
      files.forEach(file -> working.say(streams, file.written()));
    } finally {
      files.forEach(OutputFile::close);
    }
  }
}
