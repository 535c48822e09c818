package org.jetfold.examples;

import java.io.IOException;
import java.nio.file.Path;
import org.jetfold.root.ColumnValues;
import org.jetfold.root.JaggedColumn;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootFile;
import org.jetfold.root.RootTree;

/** Reads the floats of a branch or field: {@code ReadRootBranch events.root Events Jet_pt}. */
public final class ReadRootBranch {
  public static void main(String[] args) throws IOException {
    try (RootFile file = RootFile.open(Path.of(args[0]))) {
      RootTree tree = file.tree(args[1]).orElseThrow();
      RootColumn column = tree.column(args[2]).orElseThrow();
      JaggedColumn jets = tree.read(column, 0, Math.min(tree.entries(), 10));
      float[] values = ((ColumnValues.Floats) jets.values()).values();
      int[] offsets = jets.offsets().getFirst();
      for (int event = 0; event < jets.entries(); event++) {
        for (int jet = offsets[event]; jet < offsets[event + 1]; jet++) {
          System.out.println("event " + event + ": " + values[jet]);
        }
      }
    }
  }
}
