package org.jetfold.cli.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.JsonOutput;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
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

/** The trees and ntuples of a ROOT file with their branches. */
final class RootFileDescription implements FileDescription {
  private final String file;
  private final List<RootTree> trees;

  /**
   * Branches that the file describes well and that failed, with the failure. By identity: two trees
   * may have branches that are equal.
   */
  private final IdentityHashMap<RootColumn, RootException> failures = new IdentityHashMap<>();

  /**
   * Reads what a file says of its trees.
   *
   * @param name the file, with a tree where only that one is asked for
   * @param check whether all entries are read to find what cannot be read after all
   */
  RootFileDescription(TableName name, boolean check) throws IOException {
    file = name.file();
    try (RootFile root = RootFile.open(TableFiles.existing(file))) {
      trees = name.tree() == null ? root.trees() : List.of(tree(root, name.tree()));
      for (RootTree tree : check ? trees : List.<RootTree>of()) {
        List<RootColumn> readable = tree.columns().stream().filter(RootColumn::isReadable).toList();
        tree.check(readable, 0, tree.entries()).forEach(failures::put);
      }
    }
  }

  private RootTree tree(RootFile root, String wanted) throws IOException {
    List<String> names = root.trees().stream().map(RootTree::name).toList();
    return root.tree(wanted)
        .orElseThrow(() ->
            CommandFailure.usage(
                "%s: has no tree %s; it has %s".formatted(file, wanted, String.join(", ", names))));
  }

  @Override
  public boolean isDamaged() {
    return failures.values().stream().anyMatch(RootFormatException.class::isInstance);
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (trees.isEmpty()) {
      lines.add(file + ": holds no tree and no ntuple");
    }
    for (RootTree tree : trees) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add(
          "%s:%s  %s, %s, %s"
              .formatted(
                  file,
                  tree.name(),
                  kind(tree),
                  Quantities.count(tree.entries(), "entry", "entries"),
                  Quantities.count(tree.columns().size(), "branch", "branches")));
      tree.problem().ifPresent(problem -> lines.add("  cannot be read: " + problem));
      lines.addAll(branches(tree).lines());
    }
    return lines;
  }

  private TextTable branches(RootTree tree) {
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
    return table;
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

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStringField("file", file);
    JsonOutput.writeArray(json, "trees", trees, this::writeTree);
  }

  private void writeTree(RootTree tree, JsonGenerator json) throws IOException {
    json.writeStringField("name", tree.name());
    json.writeStringField("kind", kind(tree));
    json.writeNumberField("entries", tree.entries());
    json.writeStringField("problem", tree.problem().orElse(null));
    JsonOutput.writeArray(json, "branches", tree.columns(), this::writeBranch);
  }

  private void writeBranch(RootColumn column, JsonGenerator json) throws IOException {
    json.writeStringField("name", column.name());
    json.writeStringField("type", column.type() == null ? null : type(column));
    json.writeStringField("cppType", column.typeName());
    json.writeNumberField("depth", column.depth());
    json.writeNumberField("compressedBytes", column.compressedBytes());
    json.writeNumberField("uncompressedBytes", column.uncompressedBytes());
    json.writeStringField("problem", problem(column));
  }
}
