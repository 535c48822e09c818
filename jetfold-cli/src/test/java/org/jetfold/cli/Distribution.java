package org.jetfold.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * The script {@code jetfold} as it stands in a distribution.
 *
 * @param folder where the distribution is written
 */
record Distribution(Path folder) {
  /** Writes the script, and no program. */
  static Distribution write(Path folder) throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")), "no /usr/bin/env here");
    Distribution written = new Distribution(folder);
    Files.createDirectories(written.script().getParent());
    Files.createDirectories(folder.resolve("app/lib"));
    Files.copy(Path.of("..", "jetfold"), written.script());
    Files.copy(Path.of("..", "bin", "jdk.sh"), written.script().resolveSibling("jdk.sh"));
    return written;
  }

  Path script() {
    return folder.resolve("app/bin/jetfold");
  }

  /** Where a process that was started with {@link #program} has its temporary files. */
  Path temporary() {
    return folder.resolve("temporary");
  }

  /**
   * Puts the whole program in.
   *
   * @return the environment to start it in
   */
  Map<String, String> program(String locale) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Arrays.stream(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
    Path jar = folder.resolve("app/lib/all.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    Files.createDirectories(temporary());
    return Map.of(
        "JAVA_HOME",
        System.getProperty("java.home"),
        "LC_ALL",
        locale,
        "TMPDIR",
        temporary().toString());
  }
}
