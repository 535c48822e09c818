package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.demo.Sample;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A distribution without libtorch uses models, and says what it cannot do. */
@Tag("slow")
final class WithoutLibTorchTest {
  private static final String[] LIBTORCH = {"/ai/djl/"};

  @TempDir Path folder;

  private String run(int exitCode, Object... arguments) throws IOException, InterruptedException {
    Path errors = folder.resolve("errors.txt");
    int ended = new ChildProcess().without(LIBTORCH).errors(errors).run(arguments);
    String said = Files.readString(errors);
    assertThat(ended).as(said).isEqualTo(exitCode);
    return said;
  }

  @Test
  void compressesWithAModelAndDecompresses() throws IOException, InterruptedException {
    Path jetf = folder.resolve("jets.jetf");
    Path sample = Checkout.someOfTheSample(folder.resolve("jets.npz"));
    Path model = Sample.model();
    run(ExitCode.OK, "compress", sample, "--model", model, "-o", jetf, "-q");
    run(ExitCode.OK, "verify", jetf, sample, "--model", model, "-q");
    run(ExitCode.OK, "decompress", jetf, "--model", model, "-o", folder.resolve("b.npz"), "-q");
  }

  @Test
  void trainingIsRefused() throws IOException, InterruptedException {
    Path table = Tables.write(Tables.events(50, 1), folder.resolve("jets.npz"));
    Path model = folder.resolve("x.jetm");
    assertThat(run(ExitCode.FAILED, "train", table, "-o", model)).contains("needs libtorch");
    assertThat(run(ExitCode.FAILED, "compress", table, "--learn")).contains("needs libtorch");
    assertThat(
            run(
                ExitCode.FAILED,
                "train",
                table,
                "-o",
                model,
                "--codec",
                "autoencoder",
                "--layers",
                "8,2",
                "--activation",
                "tanh"))
        .contains("needs libtorch");
    Path scan = folder.resolve("scan.csv");
    assertThat(
            run(ExitCode.FAILED, "scan", table, "--layers", "8,2", "--latent", "1..2", "-o", scan))
        .contains("needs libtorch");
    assertThat(scan).doesNotExist();
    assertThat(model).doesNotExist();
    assertThat(folder.resolve("jets.jetf")).doesNotExist();
  }

  /** It is unpacked to the home folder, where there may be no room. */
  @Test
  void libTorchThatCannotBeLoadedIsNoAnswer() throws IOException, InterruptedException {
    Path table = Tables.write(Tables.events(200, 1), folder.resolve("jets.npz"));
    Path home = Files.createFile(folder.resolve("a-file"));
    Path errors = folder.resolve("errors.txt");
    int ended =
        new ChildProcess()
            .options("-Duser.home=" + home)
            .errors(errors)
            .run("train", table, "-o", folder.resolve("x.jetm"), "-q");
    String said = Files.readString(errors);
    assertThat(ended).as(said).isEqualTo(ExitCode.FAILED);
    assertThat(said).contains("jetfold: libtorch cannot be loaded (").contains("home folder");
  }
}
