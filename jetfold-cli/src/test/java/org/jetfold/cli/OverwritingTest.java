package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.table.EnergyUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No command writes over what it reads, nor one output over another, not even with -f. */
final class OverwritingTest {
  @TempDir Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    Path table = Tables.write(Tables.flat(300, 1), folder.resolve("jets.npz"));
    Path model = RandomAutoencoder.write(folder.resolve("a.jetm"), EnergyUnit.MEV);
    CommandRun.fine("compress", table, "-o", folder.resolve("jets.jetf"), "-q");
    CommandRun.fine("compress", table, "--model", model, "-o", folder.resolve("a.jetf"), "-q");
    Files.copy(model, folder.resolve("model"));
    Files.createSymbolicLink(folder.resolve("link"), table);
  }

  /** Words that begin with a slash are files in the folder. */
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "evaluate /jets.npz /jets.jetf --report /jets.npz",
        "evaluate /jets.npz /jets.jetf --report /link",
        "evaluate /jets.npz /jets.jetf --json /jets.jetf",
        "evaluate /jets.npz /jets.jetf --picture /jets.npz",
        "evaluate /jets.npz /a.jetf --model /a.jetm --json /a.jetm",
        "evaluate /jets.npz /jets.jetf --report /new --json /new",
        "compare /jets.npz --csv /jets.npz",
        "compare /jets.npz --csv /new --json /new",
        "compare /jets.npz --model /a.jetm --report /a.jetm",
        "study dimension /jets.npz --report /jets.npz",
        "study double-quantization /jets.npz --picture /jets.npz",
        "study double-quantization /jets.npz --picture /new --report /new",
        "study bump-hunt /jets.npz --model /a.jetm --report /a.jetm",
        "study bump-hunt /jets.npz --signal /a.jetf:5 --report /a.jetf",
        "compress /jets.npz --model /model -o /model",
        "decompress /a.jetf --model /a.jetm -o /a.jetm",
        "decompress /a.jetf -o /a.jetf",
        "train /jets.npz -o /link",
        "export /a.jetm -o /a.jetm",
        "export /a.jetm -o /new --decoder /new",
      })
  void filesAreLeftAsTheyAre(String line) throws IOException {
    List<Object> words = new ArrayList<>();
    for (String word : line.split(" ", -1)) {
      words.add(word.startsWith("/") ? folder.resolve(word.substring(1)) : word);
    }
    words.add("-f");
    List<String> names = Checkout.names(folder);
    List<byte[]> before = contents(names);
    CommandRun run = CommandRun.of(words.toArray());
    assertThat(run.err()).contains("the same file").hasLineCount(1);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(Checkout.names(folder)).isEqualTo(names);
    assertThat(contents(names)).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void aCheckpointIsNoInput() throws IOException {
    Path table = folder.resolve("m.jetm.checkpoint");
    Files.copy(folder.resolve("jets.npz"), table);
    CommandRun run =
        CommandRun.of("train", table, "--from", "npz", "-o", folder.resolve("m.jetm"), "-f");
    assertThat(run.err()).contains("the same file").hasLineCount(1);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(table).hasSameBinaryContentAs(folder.resolve("jets.npz"));
  }

  private List<byte[]> contents(List<String> names) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (String name : names) {
      contents.add(Files.readAllBytes(folder.resolve(name)));
    }
    return contents;
  }

  /** Who may read a file is not for its replacement to decide. */
  @Test
  void permissionsOfWhatIsReplacedStay() throws IOException {
    Path jetf = folder.resolve("jets.jetf");
    assumeTrue(Files.getFileStore(jetf).supportsFileAttributeView("posix"), "no permissions here");
    for (String mode : List.of("rw-------", "rw-rw-r--")) {
      Files.setPosixFilePermissions(jetf, PosixFilePermissions.fromString(mode));
      CommandRun.fine("compress", folder.resolve("jets.npz"), "-f", "-q");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(jetf)))
          .isEqualTo(mode);
    }
    Files.setPosixFilePermissions(jetf, PosixFilePermissions.fromString("r--r--r--"));
    byte[] before = Files.readAllBytes(jetf);
    assumeFalse(Files.isWritable(jetf), "root may write everything");
    CommandRun run = CommandRun.of("compress", folder.resolve("jets.npz"), "-f", "-q");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("is read-only");
    assertThat(jetf).hasBinaryContent(before);
  }
}
