package org.jetfold.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Native libraries of other platforms stay out of an archive, and nothing else does. */
final class PlatformFilesTest {
  private static final byte[] LINUX =
      Arrays.copyOf(HexFormat.of().parseHex("7f454c4602010100000000000000000003003e00"), 5000);
  private static final byte[] MACOS =
      Arrays.copyOf(HexFormat.of().parseHex("cffaedfe0c000001"), 5000);
  private static final byte[] CLASS = HexFormat.of().parseHex("cafebabe00000045");

  @TempDir Path folder;
  private Path from;
  private Path to;

  @BeforeEach
  void makeFolders() throws IOException {
    from = Files.createDirectory(folder.resolve("from"));
    to = folder.resolve("to");
  }

  private Path jar(String name, Object... namesAndContents) throws IOException {
    Path jar = from.resolve(name);
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        ZipEntry entry = new ZipEntry((String) namesAndContents[i]);
        entry.setTimeLocal(LocalDateTime.of(2026, 1, 2, 3, 4));
        zip.putNextEntry(entry);
        zip.write((byte[]) namesAndContents[i + 1]);
        zip.closeEntry();
      }
    }
    return jar;
  }

  private void copy(Platform platform) throws IOException {
    new PlatformFiles(platform).copyJars(from, to);
  }

  @Test
  void librariesOfOthersAreLeftOut() throws IOException {
    jar("a.jar", "A.class", CLASS, "linux/a.so", LINUX, "mac/a.dylib", MACOS, "empty", new byte[0]);
    copy(Platform.MACOS_AARCH64);
    try (ZipFile copied = new ZipFile(to.resolve("a.jar").toFile())) {
      List<? extends ZipEntry> entries = copied.stream().toList();
      assertThat(entries.stream().map(ZipEntry::getName))
          .containsExactly("A.class", "mac/a.dylib", "empty");
      assertThat(copied.getInputStream(entries.get(1)).readAllBytes()).isEqualTo(MACOS);
      assertThat(entries)
          .allMatch(entry -> entry.getTimeLocal().equals(LocalDateTime.of(2026, 1, 2, 3, 4)));
    }
  }

  @Test
  void otherJarsStayAsTheyAre() throws IOException {
    Path plain = jar("plain.jar", "A.class", CLASS);
    Path ours = jar("ours.jar", "a.so", LINUX);
    copy(Platform.LINUX_X86_64);
    assertThat(to.resolve("plain.jar")).hasSameBinaryContentAs(plain);
    assertThat(to.resolve("ours.jar")).hasSameBinaryContentAs(ours);
  }

  @Test
  void librariesForOthersAloneAreRefused() throws IOException {
    Path jar = jar("a.jar", "A.class", CLASS, "a.so", LINUX);
    assertThatThrownBy(() -> copy(Platform.LINUX_AARCH64))
        .hasMessage(jar + ": has native libraries for [linux-x86_64], and none for linux-aarch64");
  }

  @Test
  void javaOfAnotherPlatformIsRefused() throws IOException {
    Path program = Files.write(folder.resolve("java"), MACOS);
    new PlatformFiles(Platform.MACOS_AARCH64).requireProgram(program);
    assertThatThrownBy(() -> new PlatformFiles(Platform.LINUX_X86_64).requireProgram(program))
        .hasMessage(program + ": expected a program for linux-x86_64, found one for macos-aarch64");
  }
}
