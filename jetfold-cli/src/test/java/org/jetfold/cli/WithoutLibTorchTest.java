package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.util.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
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

  /** A disk that was full, or a process that was killed: parts must not be loaded, nor stay. */
  @Test
  void partsOfLibTorchAreNoticed() throws IOException, InterruptedException {
    Platform platform = Platform.detectPlatform("pytorch");
    Path unpacked = Files.createDirectories(folder.resolve("home/.djl.ai/pytorch"));
    Path part =
        Files.createDirectory(
                unpacked.resolve(
                    "%s-%s-%s"
                        .formatted(
                            platform.getVersion(), platform.getFlavor(), platform.getClassifier())))
            .resolve(System.mapLibraryName("torch"));
    Files.write(part, new byte[1000]);
    Path left = Files.createDirectory(unpacked.resolve("tmp123456"));
    Path now = Files.createDirectory(unpacked.resolve("tmp234567"));
    Path other = Files.createDirectory(unpacked.resolve("temporary"));
    FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
    Files.setLastModifiedTime(Files.createFile(left.resolve("libtorch.so")), yesterday);
    Files.setLastModifiedTime(left, yesterday);
    Files.setLastModifiedTime(other, yesterday);

    Path table = Tables.write(Tables.events(200, 1), folder.resolve("jets.npz"));
    Path errors = folder.resolve("errors.txt");
    int ended =
        new ChildProcess()
            .options("-Duser.home=" + folder.resolve("home"), "-Dslf4j.internal.verbosity=ERROR")
            .errors(errors)
            .run("train", table, "-o", folder.resolve("x.jetm"), "-q");
    String said = Files.readString(errors);
    assertThat(ended).as(said).isEqualTo(ExitCode.FAILED);
    assertThat(said).contains("libtorch is damaged: " + part + " has 1,000 bytes").hasLineCount(1);
    assertThat(left).doesNotExist();
    assertThat(now).exists();
    assertThat(other).exists();
  }
}
