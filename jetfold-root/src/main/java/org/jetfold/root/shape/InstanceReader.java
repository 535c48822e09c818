package org.jetfold.root.shape;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.root.source.ByteCursor;
import org.jetfold.root.streamer.ObjectHeader;
import org.jetfold.root.streamer.StreamerInfo;
import org.jetfold.root.streamer.StreamerInfos;
import org.jspecify.annotations.Nullable;

/** Reads objects of a class, each in the version that its header says. */
final class InstanceReader extends ValueReader {
  private static final int REFERENCED = 1 << 4;

  private final ReaderFactory factory;
  private final Shape.Instance shape;
  private final String path;
  private final int level;
  private final int depth;
  private final boolean wanted;

  /**
   * Lengths of variable-length members by the name of the member that holds them; base classes
   * share them.
   */
  private final Map<String, GrowingInts> counts;

  private final Map<StreamerInfo, List<ValueReader>> layouts = new HashMap<>();
  private @Nullable List<ValueReader> memberWise;

  InstanceReader(
      ReaderFactory factory,
      Shape.Instance shape,
      String path,
      int level,
      int depth,
      Map<String, GrowingInts> counts) {
    this.factory = factory;
    this.shape = shape;
    this.path = path;
    this.level = level;
    this.depth = depth;
    this.counts = counts;
    this.wanted = !factory.sinksUnder(path).isEmpty();
  }

  @Override
  public void read(ByteCursor in) throws IOException {
    StreamerInfo info = shape.info();
    if (info == null) {
      tobject(in);
      return;
    }
    ObjectHeader header = ObjectHeader.read(in, true);
    if (!wanted && counts.isEmpty() && header.end() >= 0) {
      in.position(header.end());
      return;
    }
    StreamerInfo version = version(header.version(), header.checksum());
    if (version == null) {
      throw in.error(
          "class %s version %d is not described".formatted(shape.className(), header.version()));
    }
    for (ValueReader member : layout(version)) {
      member.read(in);
    }
    header.check(in, "an object of class " + shape.className());
  }

  /** Reads an object's members without its header. */
  @Override
  void readBare(ByteCursor in) throws IOException {
    StreamerInfo info = shape.info();
    if (info == null) {
      tobject(in);
      return;
    }
    for (ValueReader member : layout(info)) {
      member.readBare(in);
    }
  }

  /** Reads the members of an object that has no header, though its members have theirs. */
  void readMembersOnce(ByteCursor in) throws IOException {
    StreamerInfo info = shape.info();
    if (info == null) {
      tobject(in);
      return;
    }
    for (ValueReader member : layout(info)) {
      member.read(in);
    }
  }

  /** Says which version the objects of the next {@link #readMembers} have. */
  void memberWiseVersion(int version, int checksum) {
    StreamerInfo info = version(version, checksum);
    memberWise = info == null ? null : layout(info);
  }

  /**
   * Reads objects member by member: each member of all objects, those of base classes without a
   * header.
   */
  void readMembers(ByteCursor in, int count) throws IOException {
    List<ValueReader> members = memberWise;
    if (members == null) {
      throw in.error("a version of class %s that is not described".formatted(shape.className()));
    }
    readMembers(in, members, count);
  }

  private static void readMembers(ByteCursor in, List<ValueReader> members, int count)
      throws IOException {
    for (ValueReader member : members) {
      if (member instanceof BaseReader base) {
        base.instance().readAsBase(in, count);
      } else {
        member.readLoop(in, count);
      }
    }
  }

  private void readAsBase(ByteCursor in, int count) throws IOException {
    StreamerInfo info = shape.info();
    if (info == null) {
      for (int i = 0; i < count; i++) {
        tobject(in);
      }
    } else {
      readMembers(in, layout(info), count);
    }
  }

  private @Nullable StreamerInfo version(int version, int checksum) {
    StreamerInfos infos = factory.resolver().infos();
    StreamerInfo own = shape.info();
    if (own != null && (checksum != 0 ? own.checksum() == checksum : own.version() == version)) {
      return own;
    }
    StreamerInfo info =
        checksum != 0
            ? infos.checksum(shape.className(), checksum)
            : infos.version(shape.className(), version);
    // A pair that the file does not describe, or a class whose only version has another number:
    // there is no other choice.
    return info != null
        ? info
        : own != null && infos.newest(shape.className()) == null ? own : null;
  }

  private List<ValueReader> layout(StreamerInfo info) {
    List<ValueReader> layout = layouts.get(info);
    if (layout == null) {
      layout = build(info);
      layouts.put(info, layout);
    }
    return layout;
  }

  private List<ValueReader> build(StreamerInfo info) {
    List<ShapeResolver.Member> members = factory.resolver().members(info);
    for (ShapeResolver.Member member : members) {
      if (member.shape() instanceof Shape.Counted counted) {
        counts.computeIfAbsent(counted.count(), name -> new GrowingInts());
      }
    }
    List<ValueReader> readers = new ArrayList<>();
    for (ShapeResolver.Member member : members) {
      boolean base = member.name().isEmpty();
      ValueReader reader =
          factory.member(
              member.shape(),
              ShapeColumns.below(path, member.name()),
              level,
              depth + 1,
              base ? counts : new HashMap<>(),
              counts.get(member.name()),
              counts);
      readers.add(
          base && reader instanceof InstanceReader instance ? new BaseReader(instance) : reader);
    }
    return readers;
  }

  private static void tobject(ByteCursor in) throws IOException {
    ObjectHeader header = ObjectHeader.read(in);
    in.skip(4); // fUniqueID
    if ((in.i4() & REFERENCED) != 0) {
      in.skip(2); // the process id
    }
    header.check(in, "an object of class TObject");
  }

  /**
   * A base class, which has a header in a whole object and none where objects are streamed member
   * by member.
   */
  private static final class BaseReader extends ValueReader {
    private final InstanceReader instance;

    BaseReader(InstanceReader instance) {
      this.instance = instance;
    }

    InstanceReader instance() {
      return instance;
    }

    @Override
    public void read(ByteCursor in) throws IOException {
      instance.read(in);
    }
  }
}
