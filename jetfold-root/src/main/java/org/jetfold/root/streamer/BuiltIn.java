package org.jetfold.root.streamer;

import static org.jetfold.root.streamer.ElementType.BITS;
import static org.jetfold.root.streamer.ElementType.INT;
import static org.jetfold.root.streamer.ElementType.OBJECT_POINTER;
import static org.jetfold.root.streamer.ElementType.TSTRING;
import static org.jetfold.root.streamer.ElementType.UNSIGNED_INT;

import java.util.ArrayList;
import java.util.List;

/**
 * The classes that describe classes: what must be known before a file's own StreamerInfo list can
 * be read.
 */
final class BuiltIn {
  private static final StreamerElement ELEMENT = base("TStreamerElement");

  /** All of them. */
  static final StreamerInfos INFOS =
      new StreamerInfos(
          List.of(
              info(
                  "TNamed",
                  1,
                  base("TObject"),
                  member("fName", TSTRING),
                  member("fTitle", TSTRING)),
              info("TObjString", 1, base("TObject"), member("fString", TSTRING)),
              info(
                  "TStreamerInfo",
                  9,
                  base("TNamed"),
                  member("fCheckSum", UNSIGNED_INT),
                  member("fClassVersion", INT),
                  member("fElements", OBJECT_POINTER)),
              element(2),
              element(3),
              element(4),
              info("TStreamerBase", 2, ELEMENT),
              info("TStreamerBase", 3, ELEMENT, member("fBaseVersion", INT)),
              info("TStreamerBasicType", 2, ELEMENT),
              counted("TStreamerBasicPointer"),
              counted("TStreamerLoop"),
              info("TStreamerObject", 2, ELEMENT),
              info("TStreamerObjectPointer", 2, ELEMENT),
              info("TStreamerObjectAny", 2, ELEMENT),
              info("TStreamerObjectAnyPointer", 1, ELEMENT),
              info("TStreamerString", 2, ELEMENT),
              info("TStreamerSTL", 3, ELEMENT, member("fSTLtype", INT), member("fCtype", INT)),
              info("TStreamerSTLstring", 2, base("TStreamerSTL")),
              info("TStreamerArtificial", 0, ELEMENT)));

  private BuiltIn() {}

  private static StreamerInfo element(int version) {
    List<StreamerElement> members = new ArrayList<>();
    members.add(base("TNamed"));
    for (String name : List.of("fType", "fSize", "fArrayLength", "fArrayDim")) {
      members.add(member(name, INT));
    }
    members.add(
        new StreamerElement(
            "TStreamerBasicType",
            "fMaxIndex",
            "",
            ElementType.OFFSET_ARRAY + INT,
            5,
            List.of(5),
            "Int_t",
            0,
            "",
            0,
            0,
            PackedRange.NONE));
    members.add(member("fTypeName", TSTRING));
    if (version == 3) {
      for (String name : List.of("fXmin", "fXmax", "fFactor")) {
        members.add(member(name, ElementType.DOUBLE));
      }
    }
    return new StreamerInfo("TStreamerElement", version, 0, members);
  }

  private static StreamerInfo counted(String name) {
    return info(
        name,
        2,
        ELEMENT,
        member("fCountVersion", INT),
        member("fCountName", TSTRING),
        member("fCountClass", TSTRING));
  }

  private static StreamerInfo info(String name, int version, StreamerElement... elements) {
    return new StreamerInfo(name, version, 0, List.of(elements));
  }

  private static StreamerElement base(String name) {
    return new StreamerElement(
        "TStreamerBase",
        name,
        "",
        ElementType.BASE,
        0,
        List.of(),
        "BASE",
        0,
        "",
        0,
        0,
        PackedRange.NONE);
  }

  private static StreamerElement member(String name, int type) {
    String kind =
        type == BITS || type == INT || type == UNSIGNED_INT
            ? "TStreamerBasicType"
            : "TStreamerString";
    return new StreamerElement(
        kind, name, "", type, 0, List.of(), "", 0, "", 0, 0, PackedRange.NONE);
  }
}
