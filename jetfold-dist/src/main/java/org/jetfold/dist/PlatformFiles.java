package org.jetfold.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.Enumeration;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Copies jars without the native libraries of other platforms than the one of an archive. */
final class PlatformFiles {
  private final Platform platform;

  PlatformFiles(Platform platform) {
    this.platform = platform;
  }

  /**
   * Copies the jars of folders.
   *
   * @param arguments the platform, the Java that goes into the archive, and pairs of folders: from
   *     and to
   */
  public static void main(String[] arguments) throws IOException {
    PlatformFiles files = new PlatformFiles(Platform.of(arguments[0]));
    try {
      files.requireProgram(Path.of(arguments[1], "bin", "java"));
      for (int i = 2; i < arguments.length; i += 2) {
        files.copyJars(Path.of(arguments[i]), Path.of(arguments[i + 1]));
      }
    } catch (WrongPlatformException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /** What should be for the platform of the archive is for others. */
  static final class WrongPlatformException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongPlatformException(String message) {
      super(message);
    }
  }

  /**
   * Refuses a program of another platform.
   *
   * @throws WrongPlatformException where it is not for this one
   */
  void requireProgram(Path program) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(program)) {
      head = in.readNBytes(Platform.HEAD_BYTES);
    }
    Optional<Platform> found = Platform.ofNative(head);
    if (!found.equals(Optional.of(platform))) {
      throw new WrongPlatformException(
          "%s: expected a program for %s, found one for %s"
              .formatted(program, platform, found.map(Platform::toString).orElse("none")));
    }
  }

  /**
   * Copies all jars of a folder.
   *
   * @throws WrongPlatformException where a jar has native libraries, and none for this platform
   */
  void copyJars(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(from, "*.jar")) {
      for (Path jar : jars) {
        copyJar(jar, to.resolve(jar.getFileName()));
      }
    }
  }

  private void copyJar(Path from, Path to) throws IOException {
    try (ZipFile jar = new ZipFile(from.toFile())) {
      Set<Platform> platforms = platforms(jar);
      if (!platforms.isEmpty() && !platforms.contains(platform)) {
        throw new WrongPlatformException(
            "%s: has native libraries for %s, and none for %s"
                .formatted(from, platforms, platform));
      }
      if (platforms.size() <= 1) {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
      } else {
        copyEntries(jar, to);
      }
    }
  }

  private static Set<Platform> platforms(ZipFile jar) throws IOException {
    Set<Platform> platforms = EnumSet.noneOf(Platform.class);
    for (Enumeration<? extends ZipEntry> e = jar.entries(); e.hasMoreElements(); ) {
      platform(jar, e.nextElement()).ifPresent(platforms::add);
    }
    return platforms;
  }

  private static Optional<Platform> platform(ZipFile jar, ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return Platform.ofNative(in.readNBytes(Platform.HEAD_BYTES));
    }
  }

  private void copyEntries(ZipFile jar, Path to) throws IOException {
    try (OutputStream out = Files.newOutputStream(to);
        ZipOutputStream copy = new ZipOutputStream(out)) {
      for (Enumeration<? extends ZipEntry> e = jar.entries(); e.hasMoreElements(); ) {
        ZipEntry entry = e.nextElement();
        if (platform(jar, entry).orElse(platform) != platform) {
          continue;
        }
        ZipEntry copied = new ZipEntry(entry.getName());
        copied.setTimeLocal(entry.getTimeLocal());
        copy.putNextEntry(copied);
        try (InputStream in = jar.getInputStream(entry)) {
          in.transferTo(copy);
        }
        copy.closeEntry();
      }
    }
  }
}
