package org.jetfold.codec.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jetfold.codec.reference.FileError;
import org.jetfold.codec.reference.ReferenceDecoder;
import org.jetfold.codec.roundtrip.JetfBytes;
import org.jetfold.codec.roundtrip.TableBits;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was once written is read for ever, and what was once refused stays refused. */
class GoldenFilesTest {
  private static final int LARGEST = 50_000;
  private static final int MAX_TOGETHER = 500_000;

  @BeforeAll
  static void writeIfAsked() throws IOException {
    if (Boolean.getBoolean("jetfold.golden.write")) {
      GoldenFiles.write(Path.of("src", "test", "resources", "golden"));
      Assumptions.abort("the files are written; a build without the property reads them");
    }
  }

  /** All files of all versions, listed by name so that none is forgotten. */
  static Stream<String> goodFiles() throws IOException {
    return GoldenFiles.good().keySet().stream();
  }

  static Stream<String> badFiles() throws IOException {
    return expected().stream().map(line -> line.substring(0, line.indexOf(',')));
  }

  private static List<String> expected() throws IOException {
    return new String(kept("bad/expected.csv"), StandardCharsets.UTF_8).lines().skip(1).toList();
  }

  private static byte[] kept(String name) throws IOException {
    String path = "/golden/" + GoldenFiles.VERSION + "/" + name;
    try (InputStream in = GoldenFilesTest.class.getResourceAsStream(path)) {
      assertThat(in).as(path).isNotNull();
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @MethodSource("goodFiles")
  void goodFileIsReadAsItWas(String name) throws IOException {
    byte[] file = kept("good/" + name + ".jetf");
    String content = new String(kept("good/" + name + ".txt"), StandardCharsets.UTF_8);
    JetfBytes.verify(file);
    assertThat(ContentText.of(JetfBytes.blocks(file).stream().map(TableBits::of).toList()))
        .isEqualTo(content);
    assertThat(ContentText.of(ReferenceDecoder.decode(file).blocks())).isEqualTo(content);
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void badFileIsRefusedAsItWas(String name) throws IOException {
    byte[] file = kept("bad/" + name + ".jetf");
    String line = name + "," + GoldenFiles.refusal(file);
    assertThat(line).isIn(expected());
    boolean unsupported = line.startsWith(name + ",unsupported");
    assertThat(line).doesNotStartWith(name + ",accepted");
    assertThatThrownBy(() -> ReferenceDecoder.decode(file))
        .isInstanceOfSatisfying(
            FileError.class, error -> assertThat(error.isUnsupported()).isEqualTo(unsupported));
  }

  /** An accidental change of the format, or of the writer's choices, shows here. */
  @Test
  void theSameBytesAreWrittenToday() throws IOException {
    for (Map.Entry<String, byte[]> file : GoldenFiles.good().entrySet()) {
      assertThat(file.getValue())
          .as(file.getKey())
          .isEqualTo(kept("good/" + file.getKey() + ".jetf"));
    }
  }

  @Test
  void badFilesAreThoseOfTheGenerator() throws IOException {
    List<BadFile> bad = GoldenFiles.bad();
    assertThat(badFiles().toList()).isEqualTo(bad.stream().map(BadFile::name).toList());
    for (BadFile file : bad) {
      assertThat(file.bytes()).as(file.name()).isEqualTo(kept("bad/" + file.name() + ".jetf"));
      assertThat(expected())
          .anyMatch(line ->
              line.startsWith(file.name() + (file.unsupported() ? ",unsupported," : ",damaged,")));
    }
  }

  @Test
  void goldenFilesAreSmall() throws IOException {
    long together = 0;
    for (Map.Entry<String, byte[]> file : GoldenFiles.good().entrySet()) {
      assertThat(file.getValue().length).as(file.getKey()).isLessThan(LARGEST);
      together += file.getValue().length;
    }
    assertThat(together).isLessThan(MAX_TOGETHER);
  }

  /** As the smallest table that someone may try. */
  @Test
  void threeJetsTakeLessThan400Bytes() throws IOException {
    assertThat(kept("good/written-three-jets.jetf")).hasSizeLessThan(400);
  }
}
