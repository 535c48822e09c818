package org.jetfold.root.streamer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The classes that a file describes. Immutable after it is read, thread-safe. */
public final class StreamerInfos {
  private final Map<String, List<StreamerInfo>> classes = new HashMap<>();

  /** No classes, or those of a list. */
  public StreamerInfos(List<StreamerInfo> infos) {
    for (StreamerInfo info : infos) {
      classes.computeIfAbsent(plain(info.className()), name -> new ArrayList<>()).add(info);
    }
  }

  /**
   * A class name without spaces, which writers put differently: {@code vector<int> >} or {@code
   * vector<int>>}.
   */
  private static String plain(String className) {
    return className.replace(" ", "");
  }

  /** Whether the file describes a class. */
  public boolean knows(String className) {
    return classes.containsKey(plain(className));
  }

  /** The newest version of a class; null where there is none. */
  public @Nullable StreamerInfo newest(String className) {
    StreamerInfo newest = null;
    for (StreamerInfo info : classes.getOrDefault(plain(className), List.of())) {
      if (newest == null || info.version() > newest.version()) {
        newest = info;
      }
    }
    return newest;
  }

  /** One version of a class; null where the file lacks it. */
  public @Nullable StreamerInfo version(String className, int version) {
    for (StreamerInfo info : classes.getOrDefault(plain(className), List.of())) {
      if (info.version() == version) {
        return info;
      }
    }
    return null;
  }

  /** The version of a class that has a checksum; null where the file lacks it. */
  public @Nullable StreamerInfo checksum(String className, int checksum) {
    for (StreamerInfo info : classes.getOrDefault(plain(className), List.of())) {
      if (info.checksum() == checksum) {
        return info;
      }
    }
    return null;
  }
}
