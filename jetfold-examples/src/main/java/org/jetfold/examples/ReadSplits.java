package org.jetfold.examples;

import java.io.*;
import java.nio.file.Path;
import java.util.*;
import java.util.concurrent.*;
import org.jetfold.codec.BlockSplit;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.ModelFolder;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.selection.Selection;
import org.jetfold.codec.table.*;

/** Counts values in parallel, as a cluster would: {@code ReadSplits jets.jetf pt}. */
public final class ReadSplits {
  public static void main(String[] args) throws Exception {
    List<Callable<Integer>> tasks = new ArrayList<>();
    try (Decompressor file = new Decompressor(Path.of(args[0]), 1)) {
      for (BlockSplit split : file.splits(file.blocks(), 1 << 18)) {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        new ObjectOutputStream(sent).writeObject(split);
        tasks.add(() -> count(sent.toByteArray(), Path.of(args[0]), args[1]));
      }
    }
    for (Future<Integer> values : ForkJoinPool.commonPool().invokeAll(tasks)) {
      System.out.println(values.get() + " values");
    }
  }

  private static int count(byte[] sent, Path file, String name) throws Exception {
    var in = new ObjectInputStream(new ByteArrayInputStream(sent));
    BlockSplit split = (BlockSplit) in.readObject();
    Projection wanted = Projection.of(split.header().schema(), List.of(name));
    try (TableSource events =
        split.read(ByteSource.of(file), wanted, Selection.ALL, ModelFolder.beside(file))) {
      return events.readAll().values(0).size();
    }
  }
}
