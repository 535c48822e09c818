package org.jetfold.codec;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.jetfold.codec.file.AtomicFile;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.pipeline.TableEncoder;
import org.jetfold.codec.pipeline.Workers;
import org.jetfold.codec.table.TableSource;

/**
 * Compresses tables: each column within its precision, every value checked before it is written.
 *
 * <pre>{@code
 * Compression plan = Compression.of(schema, PrecisionRules.parse("pt=rel:0.004,eta=abs:0.001"));
 * try (Compressor compressor = new Compressor(2)) {
 *   compressor.compress(TableSource.of(jets), plan, file);
 * }
 * }</pre>
 *
 * <p>What is written depends on the table and the plan alone: not on the number of threads, nor on
 * the pieces that the source comes in. Holds about 2²³ values of the table at a time (200 MB for
 * float32 columns), however large it is. One table at a time; not thread-safe.
 */
public final class Compressor implements Closeable {
  /** The program and version that new files name as their producer. */
  public static final String PRODUCER = "jetfold 0.1.0";

  private final Workers workers;
  private final boolean verifying;

  /** A compressor that works with {@code threads} threads, at least one. */
  public Compressor(int threads) {
    this(threads, true);
  }

  private Compressor(int threads, boolean verifying) {
    this.workers = new Workers(threads);
    this.verifying = verifying;
  }

  /**
   * A compressor that does not decode what it wrote, for measuring what the decoding costs. It
   * still checks that every quantized value is within its bound.
   */
  public static Compressor withoutDecoding(int threads) {
    return new Compressor(threads, false);
  }

  /**
   * What came out.
   *
   * @param footer the index of the file
   * @param bytes its size
   * @param refinedEvents in how many events (rows of a flat table) values are exact so that bounds
   *     on computed quantities hold
   * @param segmentsWithoutModel for each column, in how many segments ({@link Footer#segments})
   *     static distributions code it though it has a density model, because they take fewer bytes
   * @param modelBytes for each column, the bytes that a density model makes of its values, also
   *     where static distributions take fewer and are stored
   * @param savedBytes for each column, by how many bytes its density model, whose own size does not
   *     count, makes it smaller than static distributions do; about, as these are coded together
   */
  public record Summary(
      Footer footer,
      long bytes,
      long refinedEvents,
      List<Integer> segmentsWithoutModel,
      List<Long> modelBytes,
      List<Long> savedBytes) {
    /** Copies the lists. */
    public Summary {
      segmentsWithoutModel = List.copyOf(segmentsWithoutModel);
      modelBytes = List.copyOf(modelBytes);
      savedBytes = List.copyOf(savedBytes);
    }

    static Summary of(TableEncoder.Written written) {
      return new Summary(
          written.footer(),
          written.bytes(),
          written.refinedEvents(),
          written.segmentsWithoutModel(),
          written.modelBytes(),
          written.savedBytes());
    }
  }

  /**
   * Reads a table to its end and writes it as a {@code .jetf} file. The output is not closed, and
   * is written from front to back.
   *
   * @param compression the plan, made for the source's schema
   * @param progress is told now and then how many rows or events are done
   * @throws org.jetfold.codec.model.ModelException where the values are not for the plan's model
   * @throws IOException where the source cannot be read or the output not be written
   */
  public Summary compress(
      TableSource source, Compression compression, OutputStream out, LongConsumer progress)
      throws IOException {
    if (!source.schema().equals(compression.schema())) {
      throw new IllegalArgumentException("the plan is for a table of another schema");
    }
    return Summary.of(
        new TableEncoder(compression.coding(), workers, verifying, out).encode(source, progress));
  }

  /**
   * Compresses a table to a file, which is there complete or not at all; one of that name is
   * replaced. Otherwise as above.
   */
  public Summary compress(TableSource source, Compression compression, Path file)
      throws IOException {
    try (AtomicFile written = AtomicFile.create(file, true);
        OutputStream out = new BufferedOutputStream(written.stream())) {
      Summary summary = compress(source, compression, out, unused -> {});
      out.flush();
      written.commit();
      return summary;
    }
  }

  @Override
  public void close() {
    workers.close();
  }
}
