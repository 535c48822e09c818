package org.jetfold.cli.console;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a stream goes to a terminal. */
final class Terminal {
  static final int OUT = 1;
  static final int ERR = 2;

  private static final int USUAL_COLUMNS = 80;

  private Terminal() {}

  /**
   * How many characters a line of the terminal of standard error has; 80 where it does not say.
   * (Calling ioctl through the foreign function interface takes a tenth of a second, stty a few
   * milliseconds.)
   */
  static int columns() {
    try {
      Path link = Path.of("/proc/self/fd/" + ERR);
      Path device = Files.isSymbolicLink(link) ? Files.readSymbolicLink(link) : Path.of("/dev/tty");
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(device.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader size = stty.inputReader(StandardCharsets.US_ASCII)) {
        String[] rowsAndColumns = String.valueOf(size.readLine()).strip().split(" ", -1);
        int columns = Integer.parseInt(rowsAndColumns[rowsAndColumns.length - 1]);
        return columns > 0 ? columns : USUAL_COLUMNS;
      }
    } catch (IOException | NumberFormatException e) {
      return USUAL_COLUMNS;
    }
  }

  /**
   * On Linux the kernel says where a stream goes. Elsewhere Java says only whether standard input
   * and output both belong to a terminal. (Calling isatty through the foreign function interface
   * takes a tenth of a second.)
   */
  static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
  }
}
