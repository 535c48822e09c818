package org.jetfold.codec;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.jetfold.codec.pipeline.EventCollector;
import org.jetfold.codec.pipeline.Workers;

/**
 * Compresses events as they come, for a program that has them one at a time, such as a trigger. It
 * writes the bytes that {@link Compressor} writes for a table of the same events.
 *
 * <pre>{@code
 * try (OutputStream out = Files.newOutputStream(Path.of(args[0]));
 *     StreamingCompressor compressor = new StreamingCompressor(plan, out, 1)) {
 *   for (List<Jet> jets : events) {
 *     compressor.addList(1, jets.size());
 *     for (Jet jet : jets) {
 *       compressor.add(0, jet.pt());
 *       compressor.add(1, jet.eta());
 *     }
 *     compressor.endEvent();
 *   }
 *   System.out.println(compressor.finish().bytes() + " bytes");
 * }
 * }</pre>
 *
 * <p>Columns and groups have the schema's numbers. The values of an event come in any order of
 * columns, within a column in the order of its entries. A learned model computes what it has to say
 * of an event in {@link #endEvent}, which allocates nothing once arrays have grown; when some 2²³
 * values have come together, it codes, checks and writes them, which takes a while. Not
 * thread-safe.
 */
public final class StreamingCompressor implements Closeable {
  private final Workers workers;
  private final EventCollector collector;

  /**
   * A compressor that writes the file's header at once.
   *
   * @param compression the plan
   * @param out is written from front to back, and not closed
   * @param threads that code what has come together
   */
  public StreamingCompressor(Compression compression, OutputStream out, int threads)
      throws IOException {
    workers = new Workers(threads);
    collector = new EventCollector(compression.coding(), workers, out);
  }

  /**
   * Says how many entries the event's list of a group has; of a list within a list, once for each
   * entry of that.
   */
  public void addList(int group, int size) {
    collector.addList(group, size);
  }

  /**
   * Adds a value to a FLOAT32 column.
   *
   * @throws IllegalArgumentException where the column is of another type; here and below
   */
  public void add(int column, float value) {
    collector.add(column, value);
  }

  /** Adds a value to a FLOAT64 column. */
  public void add(int column, double value) {
    collector.add(column, value);
  }

  /** Adds a value to an integer or boolean column. */
  public void add(int column, long value) {
    collector.add(column, value);
  }

  /**
   * Ends an event (of a table without events, a row).
   *
   * @throws IllegalStateException where its lists and values do not go together: it is forgotten,
   *     and the next one may come
   * @throws IOException where the output could not be written
   */
  public void endEvent() throws IOException {
    collector.endEvent();
  }

  /**
   * Writes what is left, and the end of the file.
   *
   * @throws IOException where the output could not be written
   */
  public Compressor.Summary finish() throws IOException {
    return Compressor.Summary.of(collector.finish());
  }

  /** Ends the threads; without {@link #finish}, the file is not complete. */
  @Override
  public void close() {
    workers.close();
  }
}
