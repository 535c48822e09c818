package org.jetfold.spark.train;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.spark.train.EventSampler.Kept;

/**
 * Sampled events, as they are sent: a compressed table without loss, so that they take little.
 *
 * @param level of the {@link EventSampler}
 * @param file the events; without bytes where there are none
 * @param keys for each event its random number
 */
record SampledEvents(int level, byte[] file, long[] keys) implements Serializable {
  /** Events as they are sent. */
  static SampledEvents of(EventSampler sampler) throws IOException {
    Kept kept = sampler.kept();
    if (kept == null) {
      return new SampledEvents(sampler.level(), new byte[0], new long[0]);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Compressor compressor = new Compressor(1)) {
      compressor.compress(
          TableSource.of(kept.events()),
          Compression.of(kept.events().schema(), PrecisionRules.exact()),
          out,
          unused -> {});
    }
    return new SampledEvents(sampler.level(), out.toByteArray(), kept.keys());
  }

  /** These and those of the files behind, of which there may be fewer then. */
  SampledEvents with(SampledEvents next, long maxValues) throws IOException {
    if (keys.length == 0 || next.keys.length == 0) {
      SampledEvents some = keys.length == 0 ? next : this;
      if (some.level >= Math.max(level, next.level)) {
        return some;
      }
    }
    EventSampler sampler = new EventSampler(maxValues, Math.max(level, next.level));
    for (SampledEvents part : List.of(this, next)) {
      if (part.keys.length > 0) {
        sampler.add(part.table(), part.keys);
      }
    }
    return of(sampler);
  }

  /** The events, of which there is one at least. */
  Table table() throws IOException {
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 1)) {
      return decompressor.readAll();
    }
  }
}
