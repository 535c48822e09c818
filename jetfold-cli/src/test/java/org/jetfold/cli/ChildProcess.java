package org.jetfold.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A command in a Java process of its own. */
final class ChildProcess {
  private final List<String> options = new ArrayList<>();
  private final ProcessBuilder builder = new ProcessBuilder();
  private String classPath =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  ChildProcess() {
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
  }

  /** More options for the virtual machine. */
  ChildProcess options(String... more) {
    options.addAll(Arrays.asList(more));
    return this;
  }

  /** As in a distribution that leaves out jars whose names or folders have one of these in them. */
  ChildProcess without(String... jars) {
    classPath =
        Arrays.stream(classPath.split(File.pathSeparator))
            .filter(entry -> Arrays.stream(jars).noneMatch(entry::contains))
            .collect(Collectors.joining(File.pathSeparator));
    return this;
  }

  /** Where standard output goes; by default it can be read from the process. */
  ChildProcess output(File file) {
    builder.redirectOutput(file);
    return this;
  }

  /** Where messages go. */
  ChildProcess errors(Path file) {
    builder.redirectError(file.toFile());
    return this;
  }

  Process start(Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath));
    command.add(Jetfold.class.getName());
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    return builder.command(command).start();
  }

  /** Runs the command to its end and gives its exit code. */
  int run(Object... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }
}
