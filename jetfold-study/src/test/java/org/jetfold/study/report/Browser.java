package org.jetfold.study.report;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A headless Chromium that a test drives over the DevTools protocol. Tests that want it skip where
 * Debian's package is not installed.
 */
final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final long PATIENCE = 60;

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private int asked;

  private Browser(Path folder, Path page) throws IOException, InterruptedException {
    process =
        new ProcessBuilder(
                CHROMIUM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--window-size=1300,1000",
                "--user-data-dir=" + folder.resolve("profile"))
            .redirectErrorStream(true)
            .start();
    BufferedReader lines = process.inputReader();
    String line = lines.readLine();
    while (line != null && !line.contains("DevTools listening on ")) {
      line = lines.readLine();
    }
    if (line == null) {
      throw new IOException("Chromium ended before it listened");
    }
    Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
    int port = URI.create(line.substring(line.indexOf("ws://"))).getPort();
    HttpRequest open =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?" + page.toUri()))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    String target = client.send(open, HttpResponse.BodyHandlers.ofString()).body();
    socket =
        client
            .newWebSocketBuilder()
            .buildAsync(URI.create(field(target, "webSocketDebuggerUrl")), new Answers())
            .join();
  }

  /** Opens a page in a browser with an empty profile. */
  static Browser open(Path folder, Path page) throws IOException, InterruptedException {
    assumeThat(Files.isExecutable(CHROMIUM)).as(CHROMIUM + " is installed").isTrue();
    Browser browser = new Browser(folder, page);
    browser.send("Network.enable", "{}");
    browser.waitFor(
        "document.documentElement && document.documentElement.dataset.drawn === 'true'");
    return browser;
  }

  private final class Answers implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      message.append(text);
      if (last) {
        answers.add(message.toString());
        message.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private String send(String method, String parameters) throws IOException, InterruptedException {
    int id = ++asked;
    socket
        .sendText(
            "{\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, parameters), true)
        .join();
    while (true) {
      String answer = answers.poll(PATIENCE, TimeUnit.SECONDS);
      if (answer == null) {
        throw new IOException("Chromium does not answer to " + method);
      }
      if (answer.startsWith("{\"id\":" + id + ",")) {
        return answer;
      }
    }
  }

  /** What an expression gives, as text. */
  String value(String expression) throws IOException, InterruptedException {
    String quoted =
        new String(JsonStringEncoder.getInstance().quoteAsString("String(" + expression + ")"));
    String answer = send("Runtime.evaluate", "{\"expression\":\"" + quoted + "\"}");
    if (answer.contains("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer);
    }
    return field(answer, "value");
  }

  /** Waits until an expression is true. */
  void waitFor(String expression) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    while (!value(expression).equals("true")) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never true: " + expression);
      }
      Thread.sleep(20);
    }
  }

  /** Presses the mouse where an element is, as a part of its width and height. */
  void click(String selector, double x, double y) throws IOException, InterruptedException {
    move(selector, x, y);
    for (String type : new String[] {"mousePressed", "mouseReleased"}) {
      mouse(type, selector, x, y);
    }
  }

  /** Moves the mouse to an element. */
  void move(String selector, double x, double y) throws IOException, InterruptedException {
    value(
        "document.querySelector(\""
            + selector
            + "\").scrollIntoView({ block: 'center', behavior: 'instant' })");
    mouse("mouseMoved", selector, x, y);
  }

  private void mouse(String type, String selector, double x, double y)
      throws IOException, InterruptedException {
    String box = "document.querySelector(\"" + selector + "\").getBoundingClientRect()";
    double left = Double.parseDouble(value(box + ".left + " + x + " * " + box + ".width"));
    double top = Double.parseDouble(value(box + ".top + " + y + " * " + box + ".height"));
    send(
        "Input.dispatchMouseEvent",
        "{\"type\":\"%s\",\"x\":%s,\"y\":%s,\"button\":\"%s\",\"clickCount\":1}"
            .formatted(type, left, top, type.equals("mouseMoved") ? "none" : "left"));
  }

  /** Shows the page as on paper, or as on a screen again. */
  void emulate(String media) throws IOException, InterruptedException {
    send("Emulation.setEmulatedMedia", "{\"media\":\"" + media + "\"}");
  }

  /** The first value of a field of this name. */
  private static String field(String json, String name) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME && parser.currentName().equals(name)) {
          parser.nextToken();
          return parser.getText();
        }
      }
    }
    throw new IOException("no " + name + " in " + json);
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    client.close();
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
