package org.jetfold.root.support;

import java.util.ArrayList;
import java.util.List;

/** The description of a class, as a file's list of StreamerInfos holds it. Not thread-safe. */
public final class ClassInfo {
  private final String name;
  private final int version;
  private final int checksum;
  private final List<Streamed> elements = new ArrayList<>();

  /** A class without members yet. */
  public ClassInfo(String name, int version, int checksum) {
    this.name = name;
    this.version = version;
    this.checksum = checksum;
  }

  private static Streamed element(
      String name, String title, int type, String typeName, int... dimensions) {
    int length = dimensions.length == 0 ? 0 : 1;
    for (int dimension : dimensions) {
      length *= dimension;
    }
    Streamed content = Streamed.named(name, title).u4(type, 0, length, dimensions.length);
    for (int i = 0; i < 5; i++) {
      content.u4(i < dimensions.length ? dimensions[i] : 0);
    }
    return new Streamed().headed(4, content.text(typeName));
  }

  /** Adds a base class. */
  public ClassInfo base(String base, int baseVersion) {
    Streamed content = element(base, "", 0, "BASE").u4(baseVersion);
    elements.add(new Streamed().pointer("TStreamerBase", new Streamed().headed(3, content)));
    return this;
  }

  /** Adds a member that is a number or a text, or an array of a fixed size. */
  public ClassInfo basic(String member, int type, String typeName, int... dimensions) {
    Streamed content = element(member, "", type, typeName, dimensions);
    elements.add(new Streamed().pointer("TStreamerBasicType", new Streamed().headed(2, content)));
    return this;
  }

  /** Adds a member that is an object (61, 62), a TString (65) or a pointer to an object (64). */
  public ClassInfo object(String member, int type, String typeName) {
    Streamed content = element(member, "", type, typeName);
    elements.add(new Streamed().pointer("TStreamerObjectAny", new Streamed().headed(2, content)));
    return this;
  }

  /** Adds a member that is a collection of the standard library. */
  public ClassInfo collection(String member, String typeName) {
    Streamed content = element(member, "", 500, typeName).u4(1, 0);
    elements.add(new Streamed().pointer("TStreamerSTL", new Streamed().headed(3, content)));
    return this;
  }

  /** Adds a member that points to an array whose length another member holds. */
  public ClassInfo counted(String member, int type, String count, String countClass) {
    Streamed content = element(member, "[" + count + "]", 40 + type, "");
    content.u4(1).text(count).text(countClass);
    elements.add(
        new Streamed().pointer("TStreamerBasicPointer", new Streamed().headed(2, content)));
    return this;
  }

  /** What a pointer to it leaves. */
  Streamed streamed() {
    Streamed content = Streamed.named(name, "").u4(checksum, version);
    content.pointer("TObjArray", Streamed.array(elements));
    return new Streamed().pointer("TStreamerInfo", new Streamed().headed(9, content));
  }
}
