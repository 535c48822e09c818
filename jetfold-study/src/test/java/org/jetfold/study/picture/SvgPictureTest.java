package org.jetfold.study.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
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
