package org.jetfold.study.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A comparison for people and programs. */
final class ComparisonReportTest {
  @Test
  void anUnknownSpeedIsNoNumber() throws IOException {
    ComparisonReport report =
        new ComparisonReport(
            "jets.npz",
            1,
            2,
            8,
            List.of(
                new ComparisonReport.Row(
                    "zfp",
                    "exact",
                    32,
                    1,
                    new ComparisonReport.ErrorSizes(0, 0, 0, 0),
                    2.5,
                    Double.NaN,
                    "")),
            List.of());
    assertThat(text(report::writeCsv)).contains(",2.5,,true,\"\"");
    assertThat(text(report::writeJson)).contains("\"encodeMBs\" : 2.5", "\"decodeMBs\" : null");
    assertThat(text(report::writeHtml)).contains(">–</td>");
  }

  /** What writes a report. */
  private interface Writing {
    void write(ByteArrayOutputStream out) throws IOException;
  }

  private static String text(Writing writing) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writing.write(out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
