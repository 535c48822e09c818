package org.jetfold.root.support;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/**
 * JSROOT, the reader that ours must agree with. Installed once with npm into the build folder;
 * tests that want it are skipped where that is not possible.
 */
public final class Jsroot {
  private static final String VERSION = "7.11.2";
  private static final String SCRIPT = "values.mjs";

  /** What JSROOT draws with. Reading needs none of it, and it is most of what npm would install. */
  private static final List<String> UNUSED =
      List.of("@resvg/resvg-js", "canvas", "jsdom", "mathjax", "three", "tmp", "xhr2");

  private static Reader running;

  /**
   * What JSROOT reads under one path of a branch or field: the lengths of arrays at each depth, and
   * all numbers.
   */
  public record Values(List<int[]> lengths, double[] numbers) {}

  /**
   * What JSROOT reads from one branch or field; an error instead, and texts that it makes of bytes.
   */
  public record Branch(
      String name, String error, long entries, Map<String, Values> values, List<String> texts) {}

  private Jsroot() {}

  /** All branches of a TTree, depth first, or all fields at the top of an RNTuple. */
  public static List<Branch> read(Path file, String tree) throws Exception {
    return read(file, List.of(tree)).getOrDefault(tree, List.of());
  }

  /** The same of several trees of one file. */
  public static synchronized Map<String, List<Branch>> read(Path file, List<String> trees)
      throws Exception {
    Reader oracle = started();
    Path out = Files.createTempFile("jsroot", ".txt");
    try {
      List<String> request = new ArrayList<>(List.of(file.toString(), out.toString()));
      request.addAll(trees);
      String answer = oracle.ask(String.join("\t", request));
      if (!answer.equals("done")) {
        throw new IOException(
            "JSROOT cannot read trees %s of %s: %s".formatted(trees, file, answer));
      }
      return parse(out);
    } finally {
      Files.delete(out);
    }
  }

  /** The process that reads, one for all tests: starting takes longer than reading. */
  private record Reader(Process process, BufferedWriter requests, BufferedReader answers) {
    /** Asks for a file; a reader that takes too long, or dies, is not asked again. */
    String ask(String request) throws Exception {
      requests.write(request + "\n");
      requests.flush();
      FutureTask<String> answer = new FutureTask<>(answers::readLine);
      Thread.ofVirtual().start(answer);
      try {
        String line = answer.get(5, TimeUnit.MINUTES);
        return line == null ? "the process ended" : line;
      } catch (TimeoutException e) {
        process.destroyForcibly();
        return "it takes too long";
      }
    }
  }

  private static Reader started() throws Exception {
    if (running == null || !running.process().isAlive()) {
      Path folder = installed();
      Process process =
          new ProcessBuilder("node", SCRIPT)
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      // It ends when nobody can ask any more.
      running = new Reader(process, process.outputWriter(), process.inputReader());
    }
    return running;
  }

  /** The folder with JSROOT and the script; tests in several processes share it. */
  private static Path installed() throws Exception {
    Path folder = Files.createDirectories(Path.of("target/oracle").toAbsolutePath());
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      install(folder);
      Path script = folder.resolve(SCRIPT);
      byte[] text;
      try (InputStream in = Jsroot.class.getResourceAsStream("/oracle/" + SCRIPT)) {
        text = in.readAllBytes();
      }
      if (!Files.exists(script) || !Arrays.equals(Files.readAllBytes(script), text)) {
        Files.write(script, text);
      }
    }
    return folder;
  }

  private static void install(Path folder) throws Exception {
    if (!Files.isDirectory(folder.resolve("node_modules/jsroot"))) {
      Files.createDirectories(folder.resolve("nothing"));
      Files.writeString(
          folder.resolve("nothing/package.json"),
          "{\"name\": \"nothing\", \"version\": \"0.0.0\"}\n");
      Files.writeString(
          folder.resolve("package.json"),
          UNUSED.stream()
              .map("\"%s\": \"file:nothing\""::formatted)
              .collect(
                  Collectors.joining(
                      ", ", "{\"private\": true, \"type\": \"module\", \"overrides\": {", "}}\n")));
      int status;
      try {
        Process npm =
            new ProcessBuilder(
                    "npm",
                    "install",
                    "jsroot@" + VERSION,
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        status = npm.waitFor(3, TimeUnit.MINUTES) ? npm.exitValue() : -1;
      } catch (IOException e) {
        status = -1;
      }
      int exit = status;
      Assumptions.assumeTrue(exit == 0, () -> "npm cannot install jsroot: status " + exit);
    }
  }

  private static Map<String, List<Branch>> parse(Path out) throws IOException {
    Map<String, List<Branch>> trees = new LinkedHashMap<>();
    List<Branch> branches = new ArrayList<>();
    String name = null;
    String error = null;
    long entries = 0;
    Map<String, Values> values = new LinkedHashMap<>();
    List<String> texts = new ArrayList<>();
    String path = "";
    List<int[]> lengths = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(out)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String rest = line.length() > 2 ? line.substring(2) : "";
        switch (line.charAt(0)) {
          case 'F' -> {
            if (name != null) {
              branches.add(new Branch(name, error, entries, values, texts));
            }
            name = null;
            branches = new ArrayList<>();
            trees.put(rest, branches);
          }
          case 'B' -> {
            if (name != null) {
              branches.add(new Branch(name, error, entries, values, texts));
            }
            name = rest.substring(rest.indexOf(' ') + 1);
            error = null;
            entries = 0;
            values = new LinkedHashMap<>();
            texts = new ArrayList<>();
          }
          case 'E' -> error = rest;
          case 'N' -> entries = Long.parseLong(rest);
          case 'T' -> texts.add(rest);
          case 'P' -> {
            path = rest;
            lengths = new ArrayList<>();
          }
          case 'L' -> {
            int space = rest.indexOf(' ');
            int depth = Integer.parseInt(rest.substring(0, space));
            while (lengths.size() <= depth) {
              lengths.add(new int[0]);
            }
            String[] parts = rest.substring(space + 1).split(" ", -1);
            int[] array = new int[parts.length];
            for (int i = 0; i < parts.length; i++) {
              array[i] = Integer.parseInt(parts[i]);
            }
            lengths.set(depth, array);
          }
          case 'V' -> values.put(path, new Values(lengths, numbers(rest)));
          default -> throw new IOException("a line that the oracle should not print: " + line);
        }
      }
    }
    if (name != null) {
      branches.add(new Branch(name, error, entries, values, texts));
    }
    return trees;
  }

  private static double[] numbers(String text) {
    if (text.isEmpty()) {
      return new double[0];
    }
    String[] parts = text.split(" ", -1);
    double[] numbers = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      numbers[i] = Double.parseDouble(parts[i]);
    }
    return numbers;
  }
}
