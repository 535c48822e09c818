package org.jetfold.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first bytes of native libraries tell their platforms. */
final class PlatformTest {
  private static byte[] head(String hex) {
    return Arrays.copyOf(HexFormat.of().parseHex(hex), Platform.HEAD_BYTES);
  }

  @ParameterizedTest
  @CsvSource({
    "7f454c46020101000000000000000000 03003e00, linux-x86_64",
    "7f454c46020101030000000000000000 0300b700, linux-aarch64",
    "7f454c46020101000000000000000000 0300f300, other",
    "7f454c46020201000000000000000000 00030016, other",
    "7f454c46020101090000000000000000 03003e00, other",
    "cffaedfe07000001, macos-x86_64",
    "cffaedfe0c000001, macos-aarch64",
    "4d5a900003000000, other",
    "01f7000500000000, other",
    "3c62696761663e0a, other"
  })
  void tellTheirPlatform(String hex, String platform) {
    assertThat(Platform.ofNative(head(hex.replace(" ", ""))))
        .hasValueSatisfying(found -> assertThat(found).hasToString(platform));
  }

  /** A class, a ZIP file, text, and what is too short. */
  @ParameterizedTest
  @CsvSource({"cafebabe00000045", "504b030414000000", "4d5a20697320746578", "2321"})
  void othersAreNoLibraries(String hex) {
    assertThat(Platform.ofNative(head(hex))).isEmpty();
    assertThat(Platform.ofNative(new byte[] {0x7f, 'E', 'L', 'F'})).isEmpty();
  }

  @Test
  void onlyKnownNamesAreTaken() {
    assertThat(Platform.of("linux-aarch64")).isEqualTo(Platform.LINUX_AARCH64);
    assertThatThrownBy(() -> Platform.of("other")).hasMessageContaining("was other");
  }
}
