package org.jetfold.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;

/** Reads some columns of a file, block by block: {@code ReadColumns jets.jetf pt eta}. */
public final class ReadColumns {
  public static void main(String[] args) throws IOException {
    List<String> wanted = List.of(args).subList(1, args.length);
    try (Decompressor decompressor = new Decompressor(Path.of(args[0]), 1)) {
      List<QualifiedColumn> columns = QualifiedColumn.all(decompressor.header().schema());
      Set<Integer> chosen = new HashSet<>();
      for (int column = 0; column < columns.size(); column++) {
        if (wanted.contains(columns.get(column).column().name())) {
          chosen.add(column);
        }
      }
      Projection projection = Projection.of(decompressor.header().schema(), chosen);
      try (TableSource source = decompressor.read(projection)) {
        List<Column> read = source.schema().columns();
        for (Table block = source.next(1); block != null; block = source.next(1)) {
          for (int column = 0; column < read.size(); column++) {
            System.out.println(read.get(column).name() + ": " + block.values(column).size());
          }
        }
      }
    }
  }
}
