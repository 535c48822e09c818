package org.jetfold.spark.train;

import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.spark.file.InputFile;
import org.jetfold.spark.file.InputSettings;
import org.jetfold.spark.file.OpenTable;
import org.jetfold.spark.file.SharedModels;

/**
 * Goes to the tasks: draws events of a file.
 *
 * @param maxValues how many values a sample has at most
 * @param models those that compressed files need
 */
record FileSampling(
    InputSettings reading,
    long seed,
    long maxValues,
    SharedModels models,
    Broadcast<SerializableConfiguration> configuration)
    implements Serializable {
  private static final int PIECE_ROWS = 4096;

  /** A file, and its number among all. */
  record Numbered(InputFile file, int number) implements Serializable {}

  SampledEvents sample(Numbered input) throws IOException {
    EventSampler sampler = new EventSampler(maxValues, 0);
    String path = input.file().path();
    OpenTable.Place place = new OpenTable.Place(configuration.value().value(), models);
    try (OpenTable open = OpenTable.of(path, reading, null, place, unused -> {})) {
      TableSource table = open.table();
      long event = 0;
      for (Table piece = table.next(PIECE_ROWS); piece != null; piece = table.next(PIECE_ROWS)) {
        long[] keys = new long[piece.rootEntries()];
        for (int i = 0; i < keys.length; i++) {
          keys[i] = EventSampler.key(seed, input.number(), event++);
        }
        sampler.add(piece, keys);
      }
    }
    return SampledEvents.of(sampler);
  }

  /** The sample of both. */
  SampledEvents merged(SampledEvents first, SampledEvents next) throws IOException {
    return first.with(next, maxValues);
  }
}
