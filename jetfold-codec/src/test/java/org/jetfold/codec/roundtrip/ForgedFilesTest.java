package org.jetfold.codec.roundtrip;

import java.io.IOException;
import java.util.stream.LongStream;
import org.jetfold.codec.random.RandomFiles;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that the document allows, whoever wrote them, are read as the document says. */
@Tag("slow")
class ForgedFilesTest {
  private static final int FILES_PER_SEED = RandomCase.times(3);

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bothDecodersAgree(long seed) throws IOException {
    for (int i = 0; i < FILES_PER_SEED; i++) {
      byte[] file = RandomFiles.of(1000 * seed + i);
      RoundTripTest.checkAgainstReference(file);
      JetfBytes.verify(file);
    }
  }
}
