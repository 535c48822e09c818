import com.google.googlejavaformat.java.GoogleJavaFormatToolProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Formats every Java file under the current folder with google-java-format ({@code apply}), or only
 * names those that are not formatted and lists them in a file, which is absent where all are
 * ({@code check}). The build runs this from source.
 */
final class Format {
  private static final Set<String> SKIPPED = Set.of("target", "node_modules");

  public static void main(String[] arguments) throws IOException {
    String mode = arguments[0];
    Path report = Path.of(arguments[1]);
    List<String> call =
        new ArrayList<>(
            switch (mode) {
              case "check" -> List.of("--dry-run");
              case "apply" -> List.of("--replace");
              default ->
                  throw new IllegalArgumentException(
                      "-Dformat is 'check' or 'apply', not '" + mode + "'");
            });
    sources().forEach(source -> call.add(source.toString()));

    StringWriter output = new StringWriter();
    int status =
        new GoogleJavaFormatToolProvider()
            .run(
                new PrintWriter(output),
                new PrintWriter(System.err, true),
                call.toArray(String[]::new));
    Files.deleteIfExists(report);
    String notFormatted = output.toString();
    if (status != 0) {
      // It could not read a file, and has said which.
      notFormatted += "(a file with a syntax error)\n";
    }
    if (!notFormatted.isEmpty()) {
      System.err.print(notFormatted);
      Files.writeString(report, notFormatted);
    }
  }

  private static List<Path> sources() throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        Path.of(""),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            return SKIPPED.contains(name) || name.startsWith(".")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }
}
