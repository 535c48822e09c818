package org.jetfold.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.study.picture.BarChart;
import org.jetfold.study.picture.BarChart.Bar;
import org.jetfold.study.picture.SvgPicture;

/**
 * Draws what {@link SizeComparison} measured, as bars in an SVG file.
 *
 * <p>Arguments: the CSV file, the SVG file.
 */
public final class SizePicture {
  private SizePicture() {}

  /** Draws the picture. */
  public static void main(String[] files) throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of(files[0])).stream()
            .filter(line -> !line.startsWith("#"))
            .toList();
    List<String> header = Arrays.asList(lines.getFirst().split(",", -1));
    List<BarChart> charts = new ArrayList<>();
    String data = "";
    for (String line : lines.subList(1, lines.size())) {
      String[] row = line.split(",", -1);
      if (!row[0].equals(data)) {
        data = row[0];
        charts.add(new BarChart(title(row, header), bars(lines, header, data)));
      }
    }
    Files.writeString(Path.of(files[1]), SvgPicture.of(charts));
  }

  private static String title(String[] row, List<String> header) {
    return "%s: %,d jets of %s variables, bits per jet"
        .formatted(
            row[0], Integer.parseInt(row[header.indexOf("jets")]), row[header.indexOf("columns")]);
  }

  private static List<Bar> bars(List<String> lines, List<String> header, String data) {
    List<Bar> bars = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] row = line.split(",", -1);
      if (!row[0].equals(data)) {
        continue;
      }
      String setting = row[header.indexOf("setting")];
      if (setting.equals("exact")) {
        bars.add(new Bar("float32", value(row, header, "raw"), false));
        bars.add(new Bar("lossless: zstd −19", value(row, header, "zstd -19"), false));
        bars.add(new Bar("lossless: xz −9, shuffled", value(row, header, "xz -9 shuffled"), false));
        bars.add(new Bar("lossless: Jetfold", value(row, header, "jetfold"), true));
      } else if (setting.equals("bits:7")) {
        bars.add(
            new Bar(
                "truncated to 7 bits: zstd −19, shuffled",
                value(row, header, "zstd -19 shuffled"),
                false));
        bars.add(new Bar("truncated to 7 bits: xz −9", value(row, header, "xz -9"), false));
        bars.add(new Bar("truncated to 7 bits: Jetfold", value(row, header, "jetfold"), true));
      } else if (setting.equals("rel:0.00390625")) {
        bars.add(
            new Bar(
                "the same worst error (rel:2⁻⁸): Jetfold", value(row, header, "jetfold"), true));
      }
    }
    return bars;
  }

  private static double value(String[] row, List<String> header, String column) {
    return Double.parseDouble(row[header.indexOf(column)]);
  }
}
