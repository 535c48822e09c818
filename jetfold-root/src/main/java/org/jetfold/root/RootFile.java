package org.jetfold.root;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jetfold.root.file.Container;
import org.jetfold.root.file.Key;
import org.jetfold.root.ntuple.NtupleTable;
import org.jetfold.root.source.FileBytes;
import org.jetfold.root.streamer.StreamerInfo;
import org.jetfold.root.streamer.StreamerInfoReader;
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
  private static final String OLD_NTUPLE = "ROOT::Experimental::RNTuple";

  private final Container container;
  private final StreamerInfos infos;
  private final List<RootKey> keys;
  private final List<RootTree> trees = new ArrayList<>();

  private RootFile(Container container, StreamerInfos infos) throws IOException {
    this.container = container;
    this.infos = infos;
    keys = container.entries().stream().map(RootFile::key).toList();
    Map<String, Integer> newest = new HashMap<>();
    for (RootKey key : keys) {
      newest.merge(key.path(), key.cycle(), Math::max);
    }
    for (int i = 0; i < keys.size(); i++) {
      // An older cycle is a backup of the tree while it was written.
      if (newest.getOrDefault(keys.get(i).path(), 0) == keys.get(i).cycle() && isTree(i)) {
        trees.add(readTree(i));
      }
    }
  }

  /**
   * Opens a file and reads its directories and the description of its trees, but no values.
   *
   * @throws RootFormatException if it is no ROOT file, or damaged where its keys are
   * @throws IOException if the file cannot be read
   */
  public static RootFile open(Path path) throws IOException {
    FileBytes file = FileBytes.open(path);
    try {
      Container container = Container.read(file);
      Key key = container.streamerInfoKey();
      StreamerInfos infos =
          key == null
              ? new StreamerInfos(List.of())
              : StreamerInfoReader.read(key.object(file), key.keyBytes());
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

  private boolean isTree(int number) {
    String className = keys.get(number).className();
    if (className.equals("TTree") || className.equals(NTUPLE) || className.equals(OLD_NTUPLE)) {
      return true;
    }
    StreamerInfo info = infos.newest(className);
    return info != null
        && info.elements().stream()
            .anyMatch(element -> element.isBase() && element.name().equals("TTree"));
  }

  private RootTree readTree(int number) throws IOException {
    RootKey key = keys.get(number);
    Key place = container.entries().get(number).key();
    boolean ntuple = key.className().equals(NTUPLE);
    if (key.className().equals(OLD_NTUPLE)) {
      return new UnreadableTree(
          key,
          RootTree.Kind.RNTUPLE,
          "RNTuples of formats before 1.0 are not supported: ROOT 6.34 and later write 1.0");
    }
    try {
      return ntuple
          ? NtupleTable.read(key, place, container.file())
          : TreeTable.read(key, place, container.file(), infos);
    } catch (RootException e) {
      return new UnreadableTree(
          key, ntuple ? RootTree.Kind.RNTUPLE : RootTree.Kind.TTREE, e.detail());
    }
  }

  /** All objects in all directories, every cycle of them. */
  public List<RootKey> keys() {
    return keys;
  }

  /** All TTrees and RNTuples in the newest cycle, with those of which nothing can be read. */
  public List<RootTree> trees() {
    return Collections.unmodifiableList(trees);
  }

  /**
   * The tree of a name.
   *
   * @param name its name behind those of its directories, and behind a semicolon its cycle where it
   *     is not the newest that is meant: {@code directory/name}, {@code name;1}
   * @throws IOException if the file cannot be read
   */
  public Optional<RootTree> tree(String name) throws IOException {
    for (RootTree tree : trees) {
      if (tree.name().equals(name) || name.equals(tree.name() + ";" + tree.key().cycle())) {
        return Optional.of(tree);
      }
    }
    for (int i = 0; i < keys.size(); i++) {
      if (name.equals(keys.get(i).path() + ";" + keys.get(i).cycle()) && isTree(i)) {
        return Optional.of(readTree(i));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    container.file().close();
  }
}
