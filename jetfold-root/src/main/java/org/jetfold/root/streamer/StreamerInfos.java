package org.jetfold.root.streamer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The classes that a file describes, and behind them those of ROOT's own that are known without.
 * Immutable, thread-safe.
 */
public final class StreamerInfos {
  private final Map<String, List<StreamerInfo>> classes = new HashMap<>();
  private final @Nullable StreamerInfos builtIn;

  /** The classes of a file. */
  public StreamerInfos(List<StreamerInfo> infos) {
    this(infos, BuiltIn.INFOS);
  }

  private StreamerInfos(List<StreamerInfo> infos, @Nullable StreamerInfos builtIn) {
    this.builtIn = builtIn;
    for (StreamerInfo info : infos) {
      classes.computeIfAbsent(plain(info.className()), name -> new ArrayList<>()).add(info);
    }
  }

  /** Some classes, and no others. */
  static StreamerInfos only(List<StreamerInfo> infos) {
    return new StreamerInfos(infos, null);
  }

  /**
   * A class name without spaces, which writers put differently: {@code vector<int> >} or {@code
   * vector<int>>}.
   */
  private static String plain(String className) {
    return className.replace(" ", "");
  }

  /** Whether a class is known. */
  public boolean knows(String className) {
    return newest(className) != null;
  }

  /** The newest version of a class; null where there is none. */
  public @Nullable StreamerInfo newest(String className) {
    StreamerInfo newest = null;
    for (StreamerInfo info : classes.getOrDefault(plain(className), List.of())) {
      if (newest == null || info.version() > newest.version()) {
        newest = info;
      }
    }
    return newest == null && builtIn != null ? builtIn.newest(className) : newest;
  }

  /** One version of a class; null where it is not known. */
  public @Nullable StreamerInfo version(String className, int version) {
    return find(className, info -> info.version() == version);
  }

  /** The version of a class that has a checksum; null where it is not known. */
  public @Nullable StreamerInfo checksum(String className, int checksum) {
    return find(className, info -> info.checksum() == checksum);
  }

  private @Nullable StreamerInfo find(String className, Predicate<StreamerInfo> fits) {
    for (StreamerInfo info : classes.getOrDefault(plain(className), List.of())) {
      if (fits.test(info)) {
        return info;
      }
    }
    return builtIn == null ? null : builtIn.find(className, fits);
  }
}
