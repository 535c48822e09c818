package org.jetfold.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.table.TableSource;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootException;
import org.jetfold.root.RootFile;
import org.jetfold.root.RootTree;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.ColumnRequest;
import org.jetfold.tables.format.SourceOptions;

/**
 * What is read of ROOT and HDF5 files, for the tables of docs/root-files.md and docs/tables.md:
 * every entry of every column is read. Arguments are files, or folders of files.
 */
public final class FormatCoverage {
  private final PrintStream out;

  private FormatCoverage(PrintStream out) {
    this.out = out;
  }

  /** Prints two tables in Markdown. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    FormatCoverage coverage = new FormatCoverage(out);
    List<Path> files = new ArrayList<>();
    for (String argument : arguments) {
      try (Stream<Path> all = Files.walk(Path.of(argument), 1)) {
        all.filter(Files::isRegularFile).sorted().forEach(files::add);
      }
    }
    out.println("| file | trees | columns | read | not read, and why |");
    out.println("| --- | --- | --- | --- | --- |");
    for (Path file : files) {
      if (file.toString().endsWith(".root")) {
        coverage.root(file);
      }
    }
    out.println();
    out.println("| file | columns read | left out, and why |");
    out.println("| --- | --- | --- |");
    for (Path file : files) {
      if (file.toString().endsWith(".h5")) {
        coverage.hdf5(file);
      }
    }
  }

  private void root(Path path) throws IOException {
    int columns = 0;
    int read = 0;
    Map<String, Integer> problems = new TreeMap<>();
    List<RootTree> trees;
    try (RootFile file = RootFile.open(path)) {
      trees = file.trees();
      for (RootTree tree : trees) {
        tree.problem().ifPresent(problem -> problems.merge(problem, 1, Integer::sum));
        List<RootColumn> readable = tree.columns().stream().filter(RootColumn::isReadable).toList();
        Map<RootColumn, RootException> failures =
            readable.isEmpty() ? Map.of() : tree.check(readable, 0, tree.entries());
        columns += tree.columns().size();
        read += readable.size() - failures.size();
        failures
            .values()
            .forEach(failure -> problems.merge("entries that break off", 1, Integer::sum));
        for (RootColumn column : tree.columns()) {
          Optional.ofNullable(column.problem())
              .ifPresent(problem -> problems.merge(kind(problem), 1, Integer::sum));
        }
      }
    }
    out.printf(
        "| %s | %s | %d | %d | %s |%n",
        path.getFileName(), names(trees), columns, read, joined(problems));
  }

  /** What a reason is about, without the names in it. */
  private static String kind(String problem) {
    boolean isUnknown =
        problem.startsWith("the file does not describe class ")
            || (problem.startsWith("type ") && problem.endsWith(" is not supported"));
    if (isUnknown) {
      return "class not described";
    }
    if (problem.startsWith("class ") && problem.endsWith(" has no members")) {
      return "no data of its own";
    }
    return switch (problem) {
      case "it holds text" -> "text";
      case "it has no members",
          "it only holds other branches",
          "it is a collection, whose members are branches of their own" ->
          "no data of its own";
      default -> problem;
    };
  }

  private static String names(List<RootTree> trees) {
    long ntuples = trees.stream().filter(tree -> tree.kind() == RootTree.Kind.RNTUPLE).count();
    String names =
        trees.size() > 2
            ? trees.size() + " trees"
            : trees.stream().map(RootTree::name).collect(Collectors.joining(", "));
    String kinds = ntuples == trees.size() ? "RNTuple" : ntuples + " of them RNTuples";
    return ntuples == 0 ? names : "%s (%s)".formatted(names, kinds);
  }

  private static String joined(Map<String, Integer> problems) {
    return problems.isEmpty()
        ? "–"
        : problems.entrySet().stream()
            .map(problem ->
                problem.getKey() + (problem.getKey().contains(":") ? "" : " " + problem.getValue()))
            .collect(Collectors.joining(", "));
  }

  private void hdf5(Path path) throws IOException {
    List<String> problems = new ArrayList<>();
    SourceOptions options = new SourceOptions(null, ColumnRequest.ALL, 1, problems::add);
    int columns = 0;
    try (TableSource source = TableFiles.open(path.toString(), null, options)) {
      source.forEachPiece(piece -> {});
      columns = source.schema().columns().size();
    } catch (JetfoldException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    String prefix = path + ": ";
    out.printf(
        "| %s | %d | %s |%n",
        path.getFileName(),
        columns,
        problems.isEmpty()
            ? "–"
            : problems.stream()
                .map(problem -> problem.replace(prefix, ""))
                .collect(Collectors.joining("; ")));
  }
}
