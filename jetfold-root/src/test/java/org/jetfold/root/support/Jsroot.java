package org.jetfold.root.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * JSROOT, the reader that ours must agree with. Installed once with npm into the build folder;
 * tests that want it are skipped where that is not possible.
 */
public final class Jsroot {
  private static final String VERSION = "7.11.2";

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

  /** All branches of a TTree, depth first, or all fields of an RNTuple. */
  public static List<Branch> read(String script, Path file, String tree) throws Exception {
    return read(script, file, List.of(tree)).getOrDefault(tree, List.of());
  }

  /** The same of several trees of one file, which is much quicker than one by one. */
  public static Map<String, List<Branch>> read(String script, Path file, List<String> trees)
      throws Exception {
    Path folder = installed();
    Path target = folder.resolve(script);
    try (InputStream in = Jsroot.class.getResourceAsStream("/oracle/" + script)) {
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> command = new ArrayList<>(List.of("node", script, file.toString()));
    command.addAll(trees);
    Path out = Files.createTempFile("jsroot", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException("JSROOT takes too long to read " + file);
      }
      if (process.exitValue() != 0) {
        throw new IOException("JSROOT cannot read trees %s of %s".formatted(trees, file));
      }
      return parse(out);
    } finally {
      Files.delete(out);
    }
  }

  private static synchronized Path installed() throws Exception {
    Path folder = Path.of("target/oracle").toAbsolutePath();
    if (!Files.isDirectory(folder.resolve("node_modules/jsroot"))) {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("package.json"), "{\"private\": true, \"type\": \"module\"}\n");
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
    return folder;
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
