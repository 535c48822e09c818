package org.jetfold.train;

import ai.djl.util.ClassLoaderUtils;
import ai.djl.util.Platform;
import ai.djl.util.Utils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Libtorch as DJL unpacks it to the home folder, once for all programs. A part of it that is loaded
 * crashes the virtual machine.
 *
 * @param cache where the folders of all versions are
 */
record UnpackedLibTorch(Path cache) {
  private static final String ENGINE = "pytorch";

  /** DJL unpacks to such a folder, and renames it at the end. It takes seconds. */
  private static final String UNFINISHED = "tmp[0-9]*";

  private static final Duration LONG_AGO = Duration.ofHours(1);

  static UnpackedLibTorch here() {
    return new UnpackedLibTorch(Utils.getEngineCacheDir(ENGINE));
  }

  /** Removes what processes left that were killed while they unpacked. */
  void removeLeftovers() {
    Instant limit = Instant.now().minus(LONG_AGO);
    if (!Files.isDirectory(cache)) {
      return;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(cache, UNFINISHED)) {
      for (Path folder : folders) {
        List<Path> files = files(folder);
        if (lastChange(files).isBefore(limit)) {
          for (Path file : files) {
            Files.delete(file);
          }
        }
      }
    } catch (IOException | UncheckedIOException | DirectoryIteratorException ignored) {
      // They take room, and harm nothing; another process may be removing them now.
    }
  }

  /** A folder's files, and then the folder. */
  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    }
  }

  private static Instant lastChange(List<Path> files) throws IOException {
    Instant last = Instant.EPOCH;
    for (Path file : files) {
      Instant change = Files.getLastModifiedTime(file).toInstant();
      last = change.isAfter(last) ? change : last;
    }
    return last;
  }

  /**
   * Checks that each library that is unpacked already has as many bytes as it must have.
   *
   * @throws LibTorchException where one has not
   */
  void requireWhole() {
    Platform platform = Platform.detectPlatform(ENGINE);
    String flavor = platform.getFlavor();
    String system = platform.getClassifier();
    Path folder = cache.resolve(String.join("-", platform.getVersion(), flavor, system));
    for (String library : platform.getLibraries()) {
      requireWhole(folder.resolve(library), String.join("/", ENGINE, flavor, system, library));
    }
    String bridge = System.mapLibraryName("djl_torch");
    requireWhole(
        folder.resolve(platform.getApiVersion() + "-" + bridge),
        String.join("/", "jnilib", system, flavor, bridge));
  }

  private static void requireWhole(Path file, String packed) {
    try {
      URL resource = ClassLoaderUtils.getResource(packed);
      if (resource == null || !Files.exists(file)) {
        return;
      }
      long expected = resource.openConnection().getContentLengthLong();
      if (Files.size(file) != expected) {
        throw new LibTorchException(
            String.format(
                Locale.ROOT,
                "libtorch is damaged: %s has %,d bytes, and must have %,d: remove its folder, and"
                    + " it is unpacked again",
                file,
                Files.size(file),
                expected));
      }
    } catch (IOException e) {
      throw new LibTorchException("libtorch cannot be read: " + e.getMessage(), e);
    }
  }
}
