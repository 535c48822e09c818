package org.jetfold.codec.quantize;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Precision settings that tests go through. */
final class Settings {
  private Settings() {}

  /**
   * Those whose bounds are promised for every float32, and some at the ends of what is possible.
   */
  static List<String> float32() {
    return Stream.of(
            IntStream.rangeClosed(1, 23).mapToObj(bits -> "bits:" + bits),
            bounds(),
            Stream.of(
                "abs:1e-45", "abs:1e-44", "abs:3e-39", "abs:1e38", "abs:1e300", "abs:4.9e-324"))
        .flatMap(settings -> settings)
        .toList();
  }

  /** The same for float64. */
  static List<String> float64() {
    return Stream.of(
            Stream.of("bits:1", "bits:7", "bits:10", "bits:23", "bits:51", "bits:52"),
            bounds(),
            Stream.of(
                "rel:1e-15",
                "rel:1e-17",
                "abs:1e-323",
                "abs:2e-320",
                "abs:1e300",
                "abs:1.7e308",
                "abs:4.9e-324"))
        .flatMap(settings -> settings)
        .toList();
  }

  private static Stream<String> bounds() {
    return Stream.of(
        "exact",
        "step:0.01",
        "step:0.05",
        "step:1",
        "step:250",
        "step:1e-15",
        "step:7.31e-4",
        "step:1e15",
        "step:123456e7",
        "rel:0.9999999999999999",
        "rel:0.99",
        "rel:0.5",
        "rel:0.1",
        "rel:0.004",
        "rel:0.00390625",
        "rel:0.001",
        "rel:0.00048828125",
        "rel:0.000488",
        "rel:0.0001",
        "rel:1e-6",
        "rel:1e-9",
        "rel:1e-300",
        "abs:1e-30",
        "abs:0.001",
        "abs:0.5",
        "abs:0.75",
        "abs:10",
        "abs:1e30");
  }
}
