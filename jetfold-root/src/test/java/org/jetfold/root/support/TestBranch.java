package org.jetfold.root.support;

import java.util.ArrayList;
import java.util.List;

/** A branch of a {@link TreeFile}. Not thread-safe. */
public final class TestBranch {
  /** A piece of a branch's data. */
  record Basket(byte[] data, int[] starts, int entries) {}

  final String name;
  final String className;
  final String leafClass;
  final List<TestBranch> children = new ArrayList<>();
  final List<Basket> baskets = new ArrayList<>();
  int classVersion = 1;
  int checksum;
  int id = -1;
  int node;
  int streamerType = -1;
  String countLeaf;
  String countBranch;
  boolean offsets;

  private TestBranch(String name, String className, String leafClass) {
    this.name = name;
    this.className = className;
    this.leafClass = leafClass;
  }

  /** A TBranch with one leaf: {@code TLeafF}, {@code TLeafI}… */
  public static TestBranch leaf(String name, String leafClass) {
    return new TestBranch(name, "", leafClass);
  }

  /** A TBranchElement of a class; without more, of an object that was not split. */
  public static TestBranch element(String name, String className) {
    return new TestBranch(name, className, "TLeafElement");
  }

  /** Of which version of its class it is. */
  public TestBranch ofClass(int version, int classChecksum) {
    classVersion = version;
    checksum = classChecksum;
    return this;
  }

  /** What of its class it holds: the index of a member, and how that is streamed. */
  public TestBranch member(int index, int type) {
    id = index;
    streamerType = type;
    return this;
  }

  /** Its place in a split object (fType). */
  public TestBranch node(int type) {
    node = type;
    return this;
  }

  /** The leaf of another branch that says how many values an entry has. */
  public TestBranch countedBy(String leaf) {
    countLeaf = leaf;
    return this;
  }

  /** The branch that says how many objects an entry has. */
  public TestBranch countedByBranch(String branch) {
    countBranch = branch;
    return this;
  }

  /** Adds a branch with a part of it. */
  public TestBranch child(TestBranch child) {
    children.add(child);
    return this;
  }

  /** Adds a basket of entries of one size. */
  public TestBranch basket(int entries, Streamed data) {
    baskets.add(new Basket(data.bytes(), null, entries));
    return this;
  }

  /** Adds a basket with the offsets of its entries. */
  public TestBranch basket(List<Streamed> entries) {
    Streamed data = new Streamed();
    int[] starts = new int[entries.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = data.size();
      data.raw(entries.get(i));
    }
    offsets = true;
    baskets.add(new Basket(data.bytes(), starts, starts.length));
    return this;
  }

  int entries() {
    int own = baskets.stream().mapToInt(Basket::entries).sum();
    return own > 0 || children.isEmpty() ? own : children.getFirst().entries();
  }
}
