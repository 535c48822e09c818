package org.jetfold.root.streamer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jetfold.root.RootFormatException;
import org.jetfold.root.source.ByteCursor;

/** Reads the list of classes that a file describes. */
public final class StreamerInfoReader {
  /** A bit of an element that says that a range stands in its comment. */
  private static final int HAS_RANGE = 1 << 6;

  private StreamerInfoReader() {}

  /**
   * Reads the list.
   *
   * @param in the bytes of its key
   * @param keyBytes the size of the key before them
   */
  public static StreamerInfos read(ByteCursor in, int keyBytes) throws IOException {
    ObjectReader reader = new ObjectReader(BuiltIn.INFOS, Map.of(), name -> true, in, keyBytes);
    List<StreamerInfo> infos = new ArrayList<>();
    for (Object object : reader.collection("TList")) {
      if (object instanceof StreamedObject info && info.className().equals("TStreamerInfo")) {
        infos.add(info(info));
      }
    }
    return new StreamerInfos(infos);
  }

  private static StreamerInfo info(StreamedObject info) throws RootFormatException {
    List<StreamerElement> elements = new ArrayList<>();
    for (Object object : info.list("fElements")) {
      if (object instanceof StreamedObject element) {
        elements.add(element(element));
      }
    }
    return new StreamerInfo(
        info.text("fName"), info.int32("fClassVersion"), info.int32("fCheckSum"), elements);
  }

  private static StreamerElement element(StreamedObject element) throws RootFormatException {
    return new StreamerElement(
        element.text("fName"),
        element.int32("fType"),
        element.text("fTypeName"),
        element.className().equals("TStreamerBase"),
        element.int32("fBaseVersion", 0),
        dimensions(element),
        element.text("fCountName", ""),
        element.text("fCountClass", ""),
        element.int32("fCtype", 0),
        range(element));
  }

  private static List<Integer> dimensions(StreamedObject element) throws RootFormatException {
    List<Integer> dimensions = new ArrayList<>();
    long[] sizes = element.integers("fMaxIndex");
    for (int i = 0; i < Math.min(sizes.length, element.int32("fArrayDim")); i++) {
      dimensions.add((int) sizes[i]);
    }
    int length = element.int32("fArrayLength");
    return dimensions.isEmpty() && length > 0 ? List.of(length) : dimensions;
  }

  private static PackedRange range(StreamedObject element) throws RootFormatException {
    if (element.has("fFactor")) {
      return PackedRange.stored(element.real("fXmin", 0), element.real("fFactor", 0));
    }
    return (element.integer("fBits") & HAS_RANGE) == 0
        ? PackedRange.NONE
        : PackedRange.of(element.text("fTitle"));
  }
}
