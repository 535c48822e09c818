package org.jetfold.cli.train;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.file.ModelFiles;
import org.jetfold.cli.file.OutputFile;
import org.jetfold.cli.onnx.OnnxExport;
import org.jetfold.cli.option.OverwriteOption;
import org.jetfold.cli.option.QuietOption;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.error.JetfoldException;
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
    footerHeading = "%nExample%n",
    footer = "  jetfold export ae14.jetm -o encoder.onnx --decoder decoder.onnx")
public final class ExportCommand implements Callable<Integer> {
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

  @Mixin OverwriteOption replacing = new OverwriteOption();
  @Mixin QuietOption working = new QuietOption();

  public ExportCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    Autoencoder model = ModelFiles.readAutoencoder(input);
    OnnxExport export = new OnnxExport(model);
    String second = decoder;
    FileNames.refuseSameFiles(List.of(input), encoder, second);
    // Both or neither: the first is renamed only when the second is written.
    try (OutputFile first = OutputFile.create(encoder, replacing.overwrite, streams);
        OutputFile other = replacing.create(second, streams)) {
      first.write(export.encoder());
      if (other != null) {
        other.write(export.decoder());
      }
      first.commit();
      if (other != null) {
        try {
          other.commit();
        } catch (IOException | JetfoldException e) {
          first.remove();
          throw e;
        }
        working.say(streams, other.written());
      }
      working.say(streams, first.written());
    }
    return ExitCode.OK;
  }
}
