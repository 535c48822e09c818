package org.jetfold.root.shape;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetfold.root.source.ByteCursor;
import org.jetfold.root.streamer.ObjectBase;
import org.jetfold.root.streamer.ObjectHeader;
import org.jetfold.root.streamer.StreamerInfo;
import org.jetfold.root.streamer.StreamerInfos;
import org.jspecify.annotations.Nullable;

/** Reads objects of a class, each in the version that its header says. */
final class InstanceReader extends ValueReader {
  /** Objects of real classes do not nest so deep; damaged ones must not exhaust the stack. */
  private static final int MAX_DEPTH = 24;

  private final ReaderFactory factory;
  private final Shape.Instance shape;
  private final ReaderFactory.Spot spot;
  private final Set<String> hidden;
  private final boolean wanted;

  /**
   * Lengths of variable-length members by the key of the member that holds them; base classes share
   * them.
   */
  private final Map<String, GrowingInts> counts;

  private final Map<StreamerInfo, List<ValueReader>> layouts = new HashMap<>();
  private @Nullable List<ValueReader> memberWise;

  /**
   * @param counts the lengths that a base class shares with its object; a map of its own elsewhere
   * @param hidden the names that members of a derived class have; empty for a whole object
   */
  InstanceReader(
      ReaderFactory factory,
      Shape.Instance shape,
      ReaderFactory.Spot spot,
      Map<String, GrowingInts> counts,
      Set<String> hidden) {
    this.factory = factory;
    this.shape = shape;
    this.spot = spot;
    this.counts = counts;
    this.hidden = hidden;
    this.wanted = !factory.sinksUnder(spot.path()).isEmpty();
  }

  @Override
  public void read(ByteCursor in) throws IOException {
    StreamerInfo info = shape.info();
    if (info == null) {
      ObjectBase.read(in);
      return;
    }
    if (!shape.headed()) {
      for (ValueReader member : layout(in, info)) {
        member.read(in);
      }
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
    for (ValueReader member : layout(in, version)) {
      member.read(in);
    }
    header.check(in, "an object of class " + shape.className());
  }

  /** Reads an object's members, neither it nor they with a header. */
  @Override
  void readBare(ByteCursor in) throws IOException {
    StreamerInfo info = shape.info();
    if (info == null) {
      ObjectBase.read(in);
      return;
    }
    for (ValueReader member : layout(in, info)) {
      member.readBare(in);
    }
  }

  /** Says which version the objects of the next {@link #readMembers} have. */
  void memberWiseVersion(ByteCursor in, int version, int checksum) throws IOException {
    StreamerInfo info = version(version, checksum);
    memberWise = info == null ? null : layout(in, info);
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
        ObjectBase.read(in);
      }
    } else {
      readMembers(in, layout(in, info), count);
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

  private List<ValueReader> layout(ByteCursor in, StreamerInfo info) throws IOException {
    if (spot.depth() > MAX_DEPTH) {
      throw in.error("objects are nested more than %d deep".formatted(MAX_DEPTH));
    }
    List<ValueReader> layout = layouts.get(info);
    if (layout == null) {
      layout = build(info);
      layouts.put(info, layout);
    }
    return layout;
  }

  private List<ValueReader> build(StreamerInfo info) {
    List<ShapeResolver.Member> members = factory.resolver().members(info, hidden);
    for (ShapeResolver.Member member : members) {
      if (member.shape() instanceof Shape.Counted counted) {
        counts.computeIfAbsent(counted.count(), name -> new GrowingInts());
      }
    }
    List<ValueReader> readers = new ArrayList<>();
    for (ShapeResolver.Member member : members) {
      ReaderFactory.Spot inside = spot.member(member.name());
      if (member.name().isEmpty() && member.shape() instanceof Shape.Instance base) {
        readers.add(new BaseReader(factory.instance(base, inside, counts, member.hidden())));
      } else {
        readers.add(factory.reader(member.shape(), inside, counts.get(member.key()), counts));
      }
    }
    return readers;
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
