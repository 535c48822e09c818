package org.jetfold.root.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes ROOT files with TTrees of all kinds, not packed, for tests of what they hold. Trees,
 * branches and leaves are those of ROOT 6, and are not described unless a test does. Not
 * thread-safe.
 */
public final class TreeFile {
  private static final int BEGIN = 100;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Streamed> classes = new ArrayList<>();
  private final List<byte[]> keys = new ArrayList<>();

  /** A file with nothing in it. */
  public TreeFile() {
    out.writeBytes(new byte[BEGIN]);
    out.writeBytes(directory(0, 0));
  }

  /** Describes a class. */
  public TreeFile describe(ClassInfo info) {
    classes.add(info.streamed().u1(0));
    return this;
  }

  /** Adds a tree. */
  public TreeFile tree(String name, TestBranch... branches) {
    return tree(name, 1, branches);
  }

  /** Adds a cycle of a tree. */
  public TreeFile tree(String name, int cycle, TestBranch... branches) {
    List<Streamed> pointers = new ArrayList<>();
    for (TestBranch branch : branches) {
      pointers.add(pointer(branch));
    }
    long entries = branches[0].entries();
    Streamed content =
        Streamed.named(name, "")
            .headed(2, new Streamed().u2(1, 1, 1)) // TAttLine
            .headed(2, new Streamed().u2(1, 1)) // TAttFill
            .headed(2, new Streamed().u2(1, 1).f4(1)) // TAttMarker
            .u8(entries, 0, 0, 0, 0)
            .f8(1)
            .u4(0, 25, 0, 1000, 0)
            .u8(0, 0, 0, 0, 0, 0)
            .u1(0, 0) // no cluster ranges
            .headed(1, new Streamed().u1(0)) // TIOFeatures
            .raw(Streamed.array(pointers));
    return object("TTree", name, cycle, new Streamed().headed(20, content));
  }

  /** Adds an object of any class. */
  public TreeFile object(String className, String name, int cycle, Streamed object) {
    int keyBytes = key(className, name, cycle, 0).length;
    byte[] bytes = object.bytes(keyBytes);
    byte[] key = key(className, name, cycle, bytes.length);
    keys.add(key);
    out.writeBytes(key);
    out.writeBytes(bytes);
    return this;
  }

  /** Writes a branch's baskets; returns what a pointer to the branch leaves. */
  public Streamed pointer(TestBranch branch) {
    long[] seeks = new long[branch.baskets.size() + 1];
    long[] firsts = new long[seeks.length];
    long[] sizes = new long[seeks.length];
    for (int i = 0; i < branch.baskets.size(); i++) {
      TestBranch.Basket basket = branch.baskets.get(i);
      seeks[i] = out.size();
      out.writeBytes(basket(branch.name, basket));
      sizes[i] = out.size() - seeks[i];
      firsts[i + 1] = firsts[i] + basket.entries();
    }
    List<Streamed> children = new ArrayList<>();
    branch.children.forEach(child -> children.add(pointer(child)));
    Streamed content =
        Streamed.named(branch.name, branch.name)
            .headed(2, new Streamed().u2(0, 1001)) // TAttFill
            .u4(0, 32_000, branch.offsets ? 1000 : 0, branch.baskets.size())
            .u8(branch.entries())
            .headed(1, new Streamed().u1(0)) // TIOFeatures
            .u4(0, seeks.length, 0)
            .u8(branch.entries(), 0, 0, 0)
            .raw(Streamed.array(children))
            .raw(Streamed.array(List.of(leaf(branch))))
            .raw(Streamed.array(List.of()))
            .u1(1)
            .u4(sizes)
            .u1(1)
            .u8(firsts)
            .u1(1)
            .u8(seeks)
            .text("");
    Streamed object = new Streamed().headed(13, content);
    if (branch.className.isEmpty()) {
      return new Streamed().pointer("TBranch", object, "branch " + branch.name);
    }
    object
        .text(branch.className)
        .text("")
        .text("")
        .u4(branch.checksum)
        .u2(branch.classVersion)
        .u4(branch.id, branch.node, branch.streamerType, 0)
        .reference(branch.countBranch == null ? null : "branch " + branch.countBranch)
        .u4(0);
    return new Streamed()
        .pointer("TBranchElement", new Streamed().headed(10, object), "branch " + branch.name);
  }

  private static Streamed leaf(TestBranch branch) {
    Streamed base =
        Streamed.named(branch.name, branch.name)
            .u4(1, 0, 0)
            .u1(0, 0)
            .reference(branch.countLeaf == null ? null : "leaf " + branch.countLeaf);
    Streamed leaf = new Streamed().headed(2, base);
    switch (branch.leafClass) {
      case "TLeafElement" -> leaf.u4(branch.id, branch.streamerType);
      case "TLeafD", "TLeafL" -> leaf.u8(0, 0);
      default -> leaf.u4(0, 0);
    }
    return new Streamed()
        .pointer(branch.leafClass, new Streamed().headed(1, leaf), "leaf " + branch.name);
  }

  private byte[] basket(String name, TestBranch.Basket basket) {
    int keyBytes = key("TBasket", name, 0, 0).length + 19;
    int last = keyBytes + basket.data().length;
    Streamed data = new Streamed().raw(basket.data());
    if (basket.starts() != null) {
      data.u4(basket.starts().length + 1);
      for (int start : basket.starts()) {
        data.u4(keyBytes + start);
      }
      data.u4(0);
    }
    Streamed key = new Streamed().raw(key("TBasket", name, 0, data.size()));
    byte[] head = key.u2(3).u4(32_000, 1000, basket.entries(), last).u1(0).bytes();
    ByteBuffer.wrap(head).putInt(0, keyBytes + data.size()).putShort(14, (short) keyBytes);
    return new Streamed().raw(head).raw(data).bytes();
  }

  private byte[] key(String className, String name, int cycle, int objectBytes) {
    Streamed text = new Streamed().text(className).text(name).text("");
    int keyBytes = 26 + text.size();
    return new Streamed()
        .u4(keyBytes + objectBytes)
        .u2(4)
        .u4(objectBytes, 0)
        .u2(keyBytes, cycle)
        .u4(out.size(), BEGIN)
        .raw(text)
        .bytes();
  }

  private byte[] directory(int seekKeys, int keyBytes) {
    byte[] names = new Streamed().text("f.root").text("").bytes();
    byte[] key = key("TFile", "f.root", 1, names.length + 30);
    return new Streamed()
        .raw(key)
        .raw(names)
        .u2(5)
        .u4(0, 0, keyBytes, key.length + names.length, BEGIN, 0, seekKeys)
        .bytes();
  }

  /** The whole file. */
  public byte[] bytes() {
    int infoSeek = out.size();
    Streamed list = Streamed.object(0, 0).text("").u4(classes.size());
    classes.forEach(list::raw);
    int infoKeyBytes = key("TList", "StreamerInfo", 1, 0).length;
    byte[] infos = new Streamed().headed(5, list).bytes(infoKeyBytes);
    out.writeBytes(key("TList", "StreamerInfo", 1, infos.length));
    out.writeBytes(infos);
    int infoBytes = out.size() - infoSeek;

    int keysSeek = out.size();
    Streamed entries = new Streamed().u4(keys.size());
    keys.forEach(entries::raw);
    out.writeBytes(key("TFile", "f.root", 1, entries.size()));
    out.writeBytes(entries.bytes());
    int keysBytes = out.size() - keysSeek;

    int nameBytes = key("TFile", "f.root", 1, 0).length + 8;
    byte[] header =
        new Streamed()
            .raw(new byte[] {'r', 'o', 'o', 't'})
            .u4(62_400, BEGIN, out.size(), 0, 0, 0, nameBytes)
            .u1(4)
            .u4(0, infoSeek, infoBytes)
            .bytes();
    byte[] file = out.toByteArray();
    System.arraycopy(header, 0, file, 0, header.length);
    byte[] directory = directory(keysSeek, keysBytes);
    ByteBuffer.wrap(directory).putInt(18, BEGIN); // the key stands where the file begins
    System.arraycopy(directory, 0, file, BEGIN, directory.length);
    return file;
  }

  /** Writes the whole file. */
  public Path write(Path path) throws IOException {
    return Files.write(path, bytes());
  }
}
