package org.jetfold.study.statistics;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** NumPy as an independent judge; tests that want it skip where there is none. */
final class Numpy {
  private Numpy() {}

  /**
   * Runs a script that prints numbers.
   *
   * @param lines Python; NumPy is {@code np}, the values {@code x}, the weights {@code w}
   */
  static double[] numbers(double[] values, double[] weights, String... lines) throws IOException {
    Process process =
        new ProcessBuilder(
                "python3",
                "-c",
                "import sys\ntry:\n  import numpy as np\nexcept ImportError:\n  sys.exit(3)\n"
                    + "x, w = (np.array(line.split(), float) for line in sys.stdin)\n"
                    + String.join("\n", lines))
            .redirectErrorStream(true)
            .start();
    try (var out = process.outputWriter(StandardCharsets.US_ASCII)) {
      for (double[] numbers : new double[][] {values, weights}) {
        StringBuilder line = new StringBuilder();
        for (double number : numbers) {
          line.append(number).append(' ');
        }
        out.write(line.append('\n').toString());
      }
    } catch (IOException e) {
      // It ended before it read anything: it has no NumPy, and says so below.
    }
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assumeThat(process.waitFor()).as("python3 with numpy").isNotEqualTo(3);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return Arrays.stream(text.strip().split("\\s+")).mapToDouble(Double::parseDouble).toArray();
  }
}
