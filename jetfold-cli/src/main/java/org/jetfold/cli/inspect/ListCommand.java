package org.jetfold.cli.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.text.Quantities;
import org.jetfold.root.Level;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootException;
import org.jetfold.root.RootFile;
import org.jetfold.root.RootFormatException;
import org.jetfold.root.RootTree;
import org.jetfold.root.ValueType;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.TableName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jetfold list}. */
@Command(
    name = "list",
    description = {
      "Lists the trees and ntuples of a ROOT file with their branches.",
      "What cannot be read is listed with the reason."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  jetfold list events.root",
      "  jetfold list events.root:CollectionTree       (one tree)",
      "  jetfold list --check events.root              (reads everything)",
      "  jetfold list --json events.root | jq '.trees[].name'",
    })
public final class ListCommand implements Callable<Integer> {
  private final Streams streams;

  @Parameters(paramLabel = "FILE.root[:TREE]", description = "A ROOT file, or one tree in it.")
  String input = "";

  @Option(names = "--json", description = "As JSON, for programs; docs/cli.md lists the fields.")
  boolean json;

  @Option(
      names = "--check",
      description = "Read all entries of all branches, and say which cannot be read after all.")
  boolean check;

  /**
   * Branches that the file describes well and that failed, with the failure. By identity: two trees
   * may have branches that are equal.
   */
  private final IdentityHashMap<RootColumn, RootException> failures = new IdentityHashMap<>();

  public ListCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    TableName name = TableName.parse(input, TableFiles.format("root"));
    try (RootFile file = RootFile.open(TableFiles.existing(name.file()))) {
      List<RootTree> trees = file.trees();
      if (name.tree() != null) {
        RootTree named =
            file.tree(name.tree())
                .orElseThrow(() ->
                    CommandFailure.usage(
                        "%s: has no tree %s; it has %s"
                            .formatted(
                                name.file(),
                                name.tree(),
                                String.join(
                                    ", ", file.trees().stream().map(RootTree::name).toList()))));
        trees = List.of(named);
      }
      if (check) {
        for (RootTree tree : trees) {
          List<RootColumn> readable =
              tree.columns().stream().filter(RootColumn::isReadable).toList();
          tree.check(readable, 0, tree.entries()).forEach(failures::put);
        }
      }
      if (json) {
        writeJson(name.file(), trees);
      } else {
        print(name.file(), trees);
      }
      boolean damaged = failures.values().stream().anyMatch(RootFormatException.class::isInstance);
      return damaged ? ExitCode.FAILED : ExitCode.OK;
    } catch (IOException | JetfoldException e) {
      throw Failures.about(name.file(), e);
    }
  }

  private void print(String file, List<RootTree> trees) throws IOException {
    StringBuilder text = new StringBuilder();
    if (trees.isEmpty()) {
      text.append(file).append(": holds no tree and no ntuple\n");
    }
    for (RootTree tree : trees) {
      text.append(text.isEmpty() ? "" : "\n");
      text.append(
          "%s:%s  %s, %s, %s\n"
              .formatted(
                  file,
                  Streams.printable(tree.name()),
                  kind(tree),
                  Quantities.count(tree.entries(), "entry", "entries"),
                  Quantities.count(tree.columns().size(), "branch", "branches")));
      tree.problem()
          .ifPresent(problem -> text.append("  cannot be read: ").append(problem).append('\n'));
      TextTable table =
          new TextTable(Side.LEFT, Side.LEFT, Side.LEFT, Side.RIGHT, Side.RIGHT, Side.LEFT);
      if (!tree.columns().isEmpty()) {
        table.line("branch", "type", "C++", "compressed", "unpacked", "").rule();
      }
      for (RootColumn column : tree.columns()) {
        table.line(
            column.name(),
            type(column),
            column.typeName(),
            size(column.compressedBytes()),
            size(column.uncompressedBytes()),
            problem(column) == null ? "" : "not read: " + problem(column));
      }
      table.lines().forEach(line -> text.append(line).append('\n'));
    }
    streams.print(text.toString());
  }

  private @Nullable String problem(RootColumn column) {
    RootException failure = failures.get(column);
    return failure == null ? column.problem() : failure.detail();
  }

  private static String kind(RootTree tree) {
    return tree.kind() == RootTree.Kind.TTREE ? "TTree" : "RNTuple";
  }

  private static String size(long bytes) {
    return bytes == 0 ? "" : Quantities.bytes(bytes);
  }

  /** The type of the numbers, with [] for each list around them and [n] for each array. */
  private static String type(RootColumn column) {
    ValueType type = column.type();
    if (type == null) {
      return "–";
    }
    StringBuilder text = new StringBuilder(type.name().toLowerCase(Locale.ROOT));
    for (Level level : column.levels()) {
      text.append(level.isList() ? "[]" : "[" + level.fixedSize() + "]");
    }
    return text.toString();
  }

  private void writeJson(String file, List<RootTree> trees) throws IOException {
    try (JsonGenerator out =
        new JsonFactory()
            .createGenerator(streams.data())
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      out.setPrettyPrinter(new DefaultPrettyPrinter());
      out.writeStartObject();
      out.writeStringField("file", file);
      out.writeArrayFieldStart("trees");
      for (RootTree tree : trees) {
        out.writeStartObject();
        out.writeStringField("name", tree.name());
        out.writeStringField("kind", kind(tree));
        out.writeNumberField("entries", tree.entries());
        out.writeStringField("problem", tree.problem().orElse(null));
        out.writeArrayFieldStart("branches");
        for (RootColumn column : tree.columns()) {
          write(column, out);
        }
        out.writeEndArray();
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
      out.writeRaw('\n');
    }
  }

  private void write(RootColumn column, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", column.name());
    out.writeStringField("type", column.type() == null ? null : type(column));
    out.writeStringField("cppType", column.typeName());
    out.writeNumberField("depth", column.depth());
    out.writeNumberField("compressedBytes", column.compressedBytes());
    out.writeNumberField("uncompressedBytes", column.uncompressedBytes());
    out.writeStringField("problem", problem(column));
    out.writeEndObject();
  }
}
