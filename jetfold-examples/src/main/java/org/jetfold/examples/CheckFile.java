package org.jetfold.examples;

import java.io.IOException;
import java.nio.file.Path;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.comparison.PrecisionCheck;
import org.jetfold.codec.comparison.PrecisionCheck.CheckedColumn;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.SourceOptions;

/** Checks every value of a file against the original: {@code CheckFile jets.jetf jets.npz}. */
public final class CheckFile {
  public static void main(String[] args) throws IOException {
    SourceOptions options = new SourceOptions(System.err::println);
    try (Decompressor decompressor = new Decompressor(Path.of(args[0]), 2);
        TableSource original = TableFiles.open(args[1], null, options)) {
      PrecisionCheck check = decompressor.check(original, done -> {});
      check.differences().forEach(difference -> System.out.println(difference.text()));
      for (CheckedColumn column : check.columns()) {
        System.out.println(
            column.column().path() + ": " + column.violations() + " of " + column.values());
      }
      System.out.println(check.passed() ? "within the precisions" : "not within the precisions");
    }
  }
}
