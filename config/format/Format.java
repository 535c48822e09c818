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
 * Formats every Java file under the current folder with google-java-format, or checks that it is
 * formatted. The build runs this file from source.
 */
final class Format {
  private static final Set<String> SKIPPED = Set.of("target", "node_modules");

  public static void main(String[] arguments) throws IOException {
    String mode = arguments.length == 1 ? arguments[0] : "";
    List<String> options =
        switch (mode) {
          case "check" -> List.of("--dry-run", "--set-exit-if-changed");
          case "apply" -> List.of("--replace");
          default ->
              throw new IllegalArgumentException(
                  "-Dformat is 'check' or 'apply', not '" + mode + "'");
        };
    List<String> call = new ArrayList<>(options);
    sources().forEach(source -> call.add(source.toString()));

    StringWriter names = new StringWriter();
    int status =
        new GoogleJavaFormatToolProvider()
            .run(
                new PrintWriter(names),
                new PrintWriter(System.err, true),
                call.toArray(String[]::new));
    if (status != 0) {
      System.err.println("Not formatted (mvn -N verify -Dformat=apply does it):\n" + names);
    }
    System.exit(status);
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
