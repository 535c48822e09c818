package org.jetfold.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;

/** Reads some columns of one block of a file: {@code ReadColumns jets.jetf 0 pt eta}. */
public final class ReadColumns {
  public static void main(String[] args) throws IOException {
    int number = Integer.parseInt(args[1]);
    List<String> names = List.of(args).subList(2, args.length);
    try (Decompressor decompressor = new Decompressor(Path.of(args[0]), 1)) {
      Schema schema = decompressor.header().schema();
      Table block = decompressor.readBlock(number, Projection.of(schema, names));
      System.out.println((number + 1) + " of " + decompressor.footer().blocks().size() + " blocks");
      for (String name : names) {
        System.out.println(name + ": " + block.values(block.schema().column(name)).size());
      }
    }
  }
}
