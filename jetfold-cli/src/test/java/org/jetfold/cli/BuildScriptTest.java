package org.jetfold.cli;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the script {@code mvnw} calls Maven with: a Maven that only tells. */
final class BuildScriptTest {
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path folder;

  @BeforeEach
  void isWhereScriptsRun() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")), "no /usr/bin/env here");
  }

  /** A program of the PATH, in place of what is on this machine. */
  private void write(String program, String text) throws IOException {
    Path file = folder.resolve("path").resolve(program);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Path writeJdk(String version) throws IOException {
    Path jdk = Files.createDirectories(folder.resolve("jdk-" + version));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
    Files.writeString(java, "");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return jdk;
  }

  private String started(int exitCode, Path jdk, String path, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("/usr/bin/env", "bash", CHECKOUT.resolve("mvnw").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("PATH", folder.resolve("path") + path);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(exitCode);
    return said;
  }

  @Test
  void mavenGetsTheJdkAndAllArguments() throws Exception {
    write("mvn", "printf '%s\\n' \"$JAVA_HOME\" \"$@\"; exit 7\n");
    Path jdk = writeJdk("25.0.1");
    assertThat(started(7, jdk, ":" + System.getenv("PATH"), "-Dtest=A B", "test"))
        .isEqualTo(jdk + "\n-Dtest=A B\npackage\n");
  }

  @Test
  void slowTestsRunBesideTheOthers() throws Exception {
    write("mvn", "printf '%s\\n' \"$@\"\n");
    Path jdk = writeJdk("25.0.1");
    assertThat(started(0, jdk, ":" + System.getenv("PATH"), "-B", "verify"))
        .isEqualTo("-Dslow.tag=\n-Dslow.phase=none\n-B\nverify\n");
  }

  /** The tests run on a JDK 25; where it is in none of the usual folders, there is none to find. */
  @Test
  void anotherJdkIsPassedOver() throws Exception {
    write("mvn", "printf '%s\\n' \"$JAVA_HOME\"\n");
    for (String version : List.of("17.0.15", "26.0.1")) {
      Path other = writeJdk(version);
      Path usual = Path.of("/usr/lib/jvm");
      assumeTrue(
          Path.of(System.getProperty("java.home")).toRealPath().startsWith(usual),
          "the JDK of this test is not in " + usual);
      String chosen = started(0, other, ":" + System.getenv("PATH")).strip();
      assertThat(Path.of(chosen).resolve("release")).content().contains("JAVA_VERSION=\"25");
    }
  }

  @Test
  void withoutMavenItSaysWhatToInstall() throws Exception {
    Path path = Files.createDirectories(folder.resolve("path"));
    for (String needed : List.of("bash", "dirname", "readlink")) {
      Files.copy(Path.of("/usr/bin", needed), path.resolve(needed), COPY_ATTRIBUTES);
    }
    assertThat(started(3, writeJdk("25"), ""))
        .isEqualTo("mvnw: there is no 'mvn' on the PATH. Install Apache Maven 3.8.1 or newer.\n");
  }
}
