package org.jetfold.root.write;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jetfold.root.streamer.ElementType;
import org.jetfold.root.streamer.ObjectHeader;

/**
 * The list of StreamerInfos with the one class that the file holds by name: ROOT::RNTuple, the
 * anchor. Big-endian, as all objects.
 */
final class AnchorClass {
  static final String NAME = "ROOT::RNTuple";
  static final int VERSION = 2;

  private static final int CHECKSUM = 0x4BA21BF5;

  private static final List<String> SHORTS =
      List.of("fVersionEpoch", "fVersionMajor", "fVersionMinor", "fVersionPatch");
  private static final List<String> LONGS =
      List.of(
          "fSeekHeader",
          "fNBytesHeader",
          "fLenHeader",
          "fSeekFooter",
          "fNBytesFooter",
          "fLenFooter",
          "fMaxKeySize");

  private AnchorClass() {}

  /** The streamed list. */
  static byte[] streamerInfos() {
    Bytes out = new Bytes(ByteOrder.BIG_ENDIAN);
    int list = begin(out, 5);
    tobject(out);
    out.shortText("").u4(1);
    int info = object(out, "TStreamerInfo", 9);
    named(out, NAME);
    out.u4(CHECKSUM).u4(VERSION);
    int array = object(out, "TObjArray", 3);
    tobject(out);
    out.shortText("").u4(SHORTS.size() + LONGS.size()).u4(0);
    SHORTS.forEach(name -> element(out, name, ElementType.UNSIGNED_SHORT, 2, "unsigned short"));
    LONGS.forEach(name -> element(out, name, ElementType.UNSIGNED_LONG64, 8, "ULong64_t"));
    endObject(out, array);
    endObject(out, info);
    out.u1(0); // no drawing option
    end(out, list);
    return out.toArray();
  }

  private static void element(Bytes out, String name, int type, int size, String typeName) {
    int basic = object(out, "TStreamerBasicType", 2);
    int element = begin(out, 4);
    named(out, name);
    out.u4(type).u4(size).u4(0).u4(0);
    for (int i = 0; i < 5; i++) {
      out.u4(0);
    }
    out.shortText(typeName);
    end(out, element);
    endObject(out, basic);
  }

  private static void named(Bytes out, String name) {
    int named = begin(out, 1);
    tobject(out);
    out.shortText(name).shortText("");
    end(out, named);
  }

  private static void tobject(Bytes out) {
    out.u2(1).u4(0).u4(0x10000);
  }

  /** Byte count, class and version of an object behind a pointer; each names its class anew. */
  private static int object(Bytes out, String className, int version) {
    int start = out.size();
    out.u4(0).u4(ObjectHeader.NEW_CLASS).raw(className.getBytes(StandardCharsets.US_ASCII)).u1(0);
    begin(out, version);
    return start;
  }

  private static void endObject(Bytes out, int start) {
    int inner = start + 8;
    byte[] all = out.toArray();
    while (all[inner] != 0) {
      inner++;
    }
    end(out, inner + 1);
    end(out, start);
  }

  private static int begin(Bytes out, int version) {
    int start = out.size();
    out.u4(0).u2(version);
    return start;
  }

  private static void end(Bytes out, int start) {
    out.set4(start, ObjectHeader.BYTE_COUNT | (out.size() - start - 4));
  }
}
