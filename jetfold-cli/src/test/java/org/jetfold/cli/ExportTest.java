package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.table.EnergyUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code jetfold export}: both networks, or neither. */
final class ExportTest {
  @TempDir Path folder;
  private Path model;
  private Path encoder;
  private Path decoder;

  @BeforeEach
  void writeModel() throws IOException {
    model = RandomAutoencoder.write(folder.resolve("a.jetm"), EnergyUnit.GEV);
    encoder = folder.resolve("encoder.onnx");
    decoder = folder.resolve("decoder.onnx");
  }

  @Test
  void encoderAndDecoderAreWritten() throws IOException {
    CommandRun.fine("export", model, "-o", encoder);
    assertThat(Checkout.names(folder)).containsExactly("a.jetm", "encoder.onnx");
    byte[] alone = Files.readAllBytes(encoder);
    CommandRun.fine("export", model, "-o", encoder, "--decoder", decoder, "-f");
    assertThat(encoder).hasBinaryContent(alone);
    assertThat(Files.readAllBytes(decoder)).isNotEmpty().isNotEqualTo(alone);
    assertThat(CommandRun.fine("export", model, "-o", "-").out()).isEqualTo(alone);
  }

  @Test
  void bareNetworksHaveJsonBesideThem() throws IOException {
    CommandRun.fine("export", model, "--bare", "-o", encoder, "--decoder", decoder);
    assertThat(Checkout.names(folder))
        .containsExactly("a.jetm", "decoder.json", "decoder.onnx", "encoder.json", "encoder.onnx");
    assertThat(Files.readString(folder.resolve("encoder.json")))
        .contains("\"variable\" : \"pt\"", "\"folded\" : true", "\"unit\" : \"GeV\"");
    CommandRun pipe = CommandRun.of("export", model, "--bare", "-o", "-");
    assertThat(pipe.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(pipe.err()).contains("name a file").hasLineCount(1);
    CommandRun again = CommandRun.of("export", model, "--bare", "-o", encoder);
    assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void afterAFailureNeitherIsThere() throws IOException {
    Files.writeString(decoder, "mine");
    failsWith(ExitCode.USAGE, "decoder.onnx: exists already", encoder, decoder);
    failsWith(ExitCode.USAGE, "exists already", decoder, encoder);
    failsWith(ExitCode.FAILED, "there is no folder", encoder, folder.resolve("no/d.onnx"));
    failsWith(ExitCode.FAILED, "is a folder", encoder, folder);
    failsWith(ExitCode.USAGE, "the same file", encoder, model);
    failsWith(
        ExitCode.USAGE, "two outputs are the same file", encoder, folder.resolve("./encoder.onnx"));
    assertThat(decoder).hasContent("mine");
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "there is no /dev/full");
    failsWith(ExitCode.FAILED, "No space left on device", encoder, full);
  }

  private void failsWith(int exitCode, String message, Path first, Path second) throws IOException {
    List<String> before = Checkout.names(folder);
    CommandRun run = CommandRun.of("export", model, "-o", first, "--decoder", second);
    assertThat(run.err()).contains(message).hasLineCount(1);
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(Checkout.names(folder)).isEqualTo(before);
  }
}
