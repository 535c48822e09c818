package org.jetfold.testing;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a class in a JVM with flags of its own. */
public final class OtherJvm {
  /** The flag that lets a JVM use vectors. */
  public static final String VECTORS = "--add-modules=jdk.incubator.vector";

  private OtherJvm() {}

  /**
   * What a JVM did.
   *
   * @param exit its exit code
   * @param output what it printed, errors included
   */
  public record Run(int exit, String output) {
    /** The different lines that begin with something, in order. */
    public List<String> lines(String beginning) {
      return output.lines().filter(line -> line.startsWith(beginning)).distinct().toList();
    }

    /** Whether this machine has no such JVM. */
    public boolean isRefused() {
      return output.contains("Unrecognized VM option")
          || output.contains("not supported")
          || output.contains("on this platform");
    }
  }

  /**
   * Runs a class with a {@code main} method to its end.
   *
   * @param flags of the JVM
   * @param main the class, whose place is on the class path
   * @param others classes whose places are on the class path, too
   * @throws IOException if the JVM cannot be started
   */
  public static Run run(
      List<String> flags, Class<?> main, List<Class<?>> others, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    String classPath =
        Stream.concat(Stream.of(main), others.stream())
            .map(OtherJvm::place)
            .collect(Collectors.joining(File.pathSeparator));
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-cp", classPath, main.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
