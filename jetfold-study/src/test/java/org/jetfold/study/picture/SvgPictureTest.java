package org.jetfold.study.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What is drawn, read back as XML. */
final class SvgPictureTest {
  private static final double[] EDGES = {0, 10, 100, 1000};
  private static final double[] HEIGHTS = {5, 0, 500};

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<String> texts(Document document) {
    List<String> texts = new ArrayList<>();
    NodeList found = document.getElementsByTagName("text");
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(found.item(i).getTextContent());
    }
    return texts;
  }

  private static List<String> paths(Document document, String style) {
    List<String> paths = new ArrayList<>();
    NodeList found = document.getElementsByTagName("path");
    for (int i = 0; i < found.getLength(); i++) {
      Element path = (Element) found.item(i);
      if (path.getAttribute("class").contains(style)) {
        paths.add(path.getAttribute("d"));
      }
    }
    return paths;
  }

  private static Chart chart(Chart.Axis x) {
    return new Chart(
        "a < b & c",
        x,
        Chart.Axis.logarithmic("values"),
        List.of(Chart.Series.steps("before", EDGES, HEIGHTS)));
  }

  @Test
  void axesAreLinearOrLogarithmic() throws Exception {
    Document linear = parsed(SvgPicture.of(List.of(chart(Chart.Axis.linear("pt [GeV]")))));
    assertThat(texts(linear)).contains("a < b & c", "pt [GeV]", "values", "0", "200", "1000");
    // From 0 to 1000 in 670 pixels; the empty bin breaks the line.
    assertThat(paths(linear, "line").getFirst()).matches("M74 \\d+H81M141 \\d+H744");
    Document logarithmic = parsed(SvgPicture.of(List.of(chart(Chart.Axis.logarithmic("pt")))));
    assertThat(texts(logarithmic)).contains("10", "20", "50", "100", "1000").doesNotContain("0");
    assertThat(paths(logarithmic, "line").getFirst()).matches("M74 \\d+H74M409 \\d+H744");
  }

  /**
   * Whatever the range: decades have numbers, ends are inside, and there are neither one nor many.
   */
  @Test
  void logarithmicAxesHaveDecades() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 2000; i++) {
      double low = Math.pow(10, random.nextDouble(-30, 10));
      double high = low * Math.pow(10, random.nextDouble(0.05, 25));
      SvgAxis axis = new SvgAxis(low, high, true, 0, 1000);
      double[] ticks = axis.ticks();
      assertThat(ticks).as("%s to %s", low, high).hasSizeBetween(2, 12).isSorted();
      assertThat(Arrays.stream(ticks).allMatch(tick -> tick >= low && tick <= high)).isTrue();
      long decades =
          Arrays.stream(ticks).filter(tick -> Math.abs(Math.log10(tick) % 1) < 1e-9).count();
      int inside = (int) (Math.floor(Math.log10(high)) - Math.ceil(Math.log10(low)) + 1);
      if (inside > 0 && inside <= 8) {
        assertThat(decades).as("%s to %s", low, high).isGreaterThanOrEqualTo(inside - 1);
      }
    }
  }

  @Test
  void powersOfTenAreWrittenAsSuch() {
    SvgAxis axis = new SvgAxis(1e-5, 1e6, true, 0, 1);
    assertThat(Arrays.stream(axis.ticks()).mapToObj(axis::label))
        .contains("10⁻⁴", "0.01", "1", "100", "10⁶");
  }

  /** The lower panel has the same horizontal axis, and a number and a line at its reference. */
  @Test
  void ratiosStandBelowAndHaveOne() throws Exception {
    for (double largest : new double[] {1e-6, 0.003, 0.04, 0.3, 2.7, 80}) {
      Chart chart =
          new Chart(
              "spectra",
              Chart.Axis.linear("pt [GeV]"),
              Chart.Axis.linear("values"),
              List.of(Chart.Series.steps("before", EDGES, HEIGHTS)),
              new Chart.Below(
                  Chart.Axis.linear("after / before"),
                  List.of(
                      Chart.Series.steps(
                          "ratio", EDGES, new double[] {1 + largest, Double.NaN, 1 - largest / 3})),
                  1));
      Document document = parsed(SvgPicture.of(List.of(chart)));
      assertThat(texts(document)).contains("1", "after / before", "pt [GeV]", "values");
      assertThat(texts(document)).filteredOn("1000"::equals).hasSize(1);
      assertThat(paths(document, "axis")).hasSize(2);
      SvgAxis around = SvgAxis.around(1, 1.1 * largest, 0, 100);
      assertThat(Arrays.stream(around.ticks()).mapToObj(around::label).toList())
          .contains("1")
          .doesNotHaveDuplicates()
          .hasSizeBetween(3, 9);
      assertThat(paths(document, "line").getLast()).startsWith("M74 ").endsWith("H744");
    }
  }

  @Test
  void cellsOfOneShadeAreOnePath() throws Exception {
    double[][] shades = {{1, 1, 0}, {-1, Double.NaN, 1}};
    HeatMap map =
        new HeatMap(
            "pairs", HeatMap.Side.range("a", -1, 1), HeatMap.Side.range("b", -0.1, 0.1), shades);
    Document document = parsed(SvgPicture.inPairs(List.of(map, chart(Chart.Axis.linear("x")))));
    assertThat(document.getDocumentElement().getAttribute("width")).isEqualTo("960");
    assertThat(document.getDocumentElement().getAttribute("height")).isEqualTo("270");
    // The first row of numbers is the lowest.
    assertThat(paths(document, "b cell")).containsExactly("M0 0h1v1h-1z");
    assertThat(paths(document, "c cell")).containsExactly("M2 0h1v1h-1zM0 1h2v1h-2z");
    assertThat(texts(document)).contains("pairs", "a", "b", "-0.1", "0.04");
  }

  @Test
  void namesStandBesideCells() throws Exception {
    HeatMap.Side names = HeatMap.Side.named(List.of("pt", "eta"));
    HeatMap map = new HeatMap("matrix", names, names, new double[][] {{1, 0.5}, {0.5, 1}});
    assertThat(texts(parsed(SvgPicture.of(List.of(map))))).contains("matrix", "pt", "eta");
  }

  @Test
  void legendsGoOnBelowWhereALineIsFull() throws Exception {
    List<Chart.Series> series = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      series.add(
          Chart.Series.markedLine(
              "a series with a long name " + i, EDGES, new double[] {1, 2, 3, i}));
    }
    Chart chart = new Chart("many", Chart.Axis.linear("x"), Chart.Axis.linear("y"), series);
    Document document = parsed(SvgPicture.of(List.of(chart)));
    NodeList texts = document.getElementsByTagName("text");
    double lowest = 0;
    for (int i = 0; i < texts.getLength(); i++) {
      Element text = (Element) texts.item(i);
      if (text.getTextContent().startsWith("a series")) {
        assertThat(Double.parseDouble(text.getAttribute("x"))).isLessThan(600);
        lowest = Math.max(lowest, Double.parseDouble(text.getAttribute("y")));
      }
    }
    String frame = paths(document, "axis").getFirst();
    assertThat(lowest).isBetween(60.0, Double.parseDouble(frame.substring(4, frame.indexOf('H'))));
    assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(36);
  }

  @Test
  void barsAreAsLongAsTheirValues() throws Exception {
    BarChart one =
        new BarChart(
            "sizes",
            List.of(new BarChart.Bar("xz", 200, false), new BarChart.Bar("Jetfold", 50, true)));
    Document document = parsed(SvgPicture.of(List.of(one, one)));
    assertThat(texts(document)).contains("sizes", "xz", "200.0", "Jetfold", "50.0");
    NodeList bars = document.getElementsByTagName("rect");
    assertThat(bars.getLength()).isEqualTo(4);
    assertThat(width(bars, 0)).isEqualTo(4 * width(bars, 1));
    assertThat(((Element) bars.item(1)).getAttribute("class")).startsWith("b ");
    // Two charts of two bars each, one below the other.
    assertThat(document.getDocumentElement().getAttribute("height")).isEqualTo("184");
  }

  private static double width(NodeList bars, int number) {
    return Double.parseDouble(((Element) bars.item(number)).getAttribute("width"));
  }

  @Test
  void emptyHistogramsAreDrawn() throws Exception {
    Chart nothing =
        new Chart(
            "nothing",
            Chart.Axis.logarithmic("x"),
            Chart.Axis.logarithmic("y"),
            List.of(Chart.Series.steps("none", new double[] {0, 0}, new double[] {0})));
    assertThat(texts(parsed(SvgPicture.of(List.of(nothing))))).contains("nothing");
  }
}
