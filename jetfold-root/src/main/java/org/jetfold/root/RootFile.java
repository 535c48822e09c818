package org.jetfold.root;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jetfold.root.file.Container;
import org.jetfold.root.file.Key;
import org.jetfold.root.ntuple.NtupleTable;
import org.jetfold.root.source.FileBytes;
import org.jetfold.root.streamer.ObjectReader;
import org.jetfold.root.streamer.StreamerInfo;
import org.jetfold.root.streamer.StreamerInfos;
import org.jetfold.root.tree.TreeTable;

/**
 * A ROOT file, opened for reading.
 *
 * <pre>{@code
 * try (RootFile file = RootFile.open(Path.of("events.root"))) {
 *   RootTree tree = file.tree("Events").orElseThrow();
 *   RootColumn pt = tree.column("Jet_pt").orElseThrow();
 *   JaggedColumn jets = tree.read(pt, 0, tree.entries());
 * }
 * }</pre>
 *
 * <p>Thread-safe until it is closed. A thread that is interrupted while it reads closes the file
 * for all, as {@link java.nio.channels.FileChannel} does.
 */
public final class RootFile implements Closeable {
  private static final String NTUPLE = "ROOT::RNTuple";

  private final Container container;
  private final StreamerInfos infos;
  private final List<RootKey> keys;
  private final List<RootTree> trees;

  private RootFile(Container container, StreamerInfos infos) {
    this.container = container;
    this.infos = infos;
    keys = container.entries().stream().map(RootFile::key).toList();
    trees = readTrees();
  }

  /**
   * Opens a file and reads its directories and the description of its trees, but no values.
   *
   * @throws RootFormatException if it is no ROOT file, or damaged where its keys are
   */
  public static RootFile open(Path path) throws IOException {
    FileBytes file = FileBytes.open(path);
    try {
      Container container = Container.read(file);
      Key key = container.streamerInfoKey();
      StreamerInfos infos =
          key == null
              ? new StreamerInfos(List.of())
              : ObjectReader.infos(key.object(file), key.keyBytes());
      return new RootFile(container, infos);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static RootKey key(Container.Entry entry) {
    Key key = entry.key();
    return new RootKey(entry.path(), key.cycle(), key.className(), key.title(), key.bytes());
  }

  private List<RootTree> readTrees() {
    Map<String, Integer> newest = new HashMap<>();
    for (RootKey key : keys) {
      newest.merge(key.path(), key.cycle(), Math::max);
    }
    List<RootTree> found = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      RootKey key = keys.get(i);
      // An older cycle is a backup of the tree while it was written.
      if (newest.getOrDefault(key.path(), 0) == key.cycle() && isTree(key.className())) {
        found.add(tree(key, container.entries().get(i).key()));
      }
    }
    return List.copyOf(found);
  }

  private boolean isTree(String className) {
    if (className.equals("TTree") || className.equals(NTUPLE)) {
      return true;
    }
    StreamerInfo info = infos.newest(className);
    return info != null
        && info.elements().stream()
            .anyMatch(element -> element.isBase() && element.name().equals("TTree"));
  }

  private RootTree tree(RootKey key, Key place) {
    boolean ntuple = key.className().equals(NTUPLE);
    try {
      return ntuple
          ? NtupleTable.read(key, place, container.file())
          : TreeTable.read(key, place, container.file(), infos);
    } catch (IOException e) {
      return new UnreadableTree(
          key,
          ntuple ? RootTree.Kind.RNTUPLE : RootTree.Kind.TTREE,
          String.valueOf(e.getMessage()));
    }
  }

  /** All objects in all directories, every cycle of them. */
  public List<RootKey> keys() {
    return keys;
  }

  /** All TTrees and RNTuples in the newest cycle, with those of which nothing can be read. */
  public List<RootTree> trees() {
    return trees;
  }

  /** The tree of a name, behind the names of its directories: {@code directory/name}. */
  public Optional<RootTree> tree(String name) {
    return trees.stream().filter(tree -> tree.name().equals(name)).findFirst();
  }

  @Override
  public void close() throws IOException {
    container.file().close();
  }
}
