package org.jetfold.codec.quantize;

import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * Scales of relative bounds. Their tables take milliseconds to make, so all columns of one setting
 * share them, in all files, as long as there is memory. Safe for use by many threads.
 */
final class SharedScales<S> {
  private final Map<Setting, SoftReference<S>> made = new ConcurrentHashMap<>();
  private final BiFunction<Double, FloatLayout, S> maker;

  private record Setting(double bound, FloatLayout layout) {}

  /** Scales that are made when they are first asked for; by two threads at once perhaps twice. */
  SharedScales(BiFunction<Double, FloatLayout, S> maker) {
    this.maker = maker;
  }

  S of(double bound, FloatLayout layout) {
    Setting setting = new Setting(bound, layout);
    SoftReference<S> known = made.get(setting);
    S scale = known == null ? null : known.get();
    if (scale == null) {
      scale = maker.apply(bound, layout);
      made.put(setting, new SoftReference<>(scale));
    }
    return scale;
  }
}
