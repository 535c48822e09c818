package org.jetfold.codec;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.pipeline.FileCoding;
import org.jetfold.codec.pipeline.TableEncoder;
import org.jetfold.codec.pipeline.Workers;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/**
 * Compresses tables: each column within its precision setting, every value checked before it is
 * written.
 *
 * <pre>{@code
 * try (Compressor compressor = new Compressor(2);
 *     OutputStream out = ...) {
 *   compressor.compress(source, PrecisionRules.parse("pt=rel:0.004").resolve(source.schema()).columns(), out, entries -> {});
 * }
 * }</pre>
 *
 * <p>What is written depends on the table and the settings alone: not on the number of threads, nor
 * on the pieces that the source comes in. Holds about 2²³ values of the table at a time (200 MB for
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
   */
  public record Summary(Footer footer, long bytes) {
    static Summary of(TableEncoder.Written written) {
      return new Summary(written.footer(), written.bytes());
    }
  }

  /**
   * Reads a table to its end and writes it as a {@code .jetf} file. The output is not closed, and
   * is written from front to back.
   *
   * @param precisions one for each column, in the schema's order
   * @param progress is told now and then how many rows or events are done
   * @throws PrecisionException where a setting does not suit its column
   * @throws IOException where the source cannot be read or the output not be written
   */
  public Summary compress(
      TableSource source, List<Precision> precisions, OutputStream out, LongConsumer progress)
      throws IOException {
    return compress(source, precisions, null, out, progress);
  }

  /**
   * A learned model to code columns with.
   *
   * @param model the model
   * @param embedded whether the file is to hold the model; otherwise it only names it, and whoever
   *     decompresses must have it
   */
  public record ModelUse(DensityModel model, boolean embedded) {}

  /**
   * As above, with a learned model for the columns that it knows.
   *
   * @param use the model; null for none
   * @throws ModelException where the model does not suit the table or the settings
   */
  public Summary compress(
      TableSource source,
      List<Precision> precisions,
      @Nullable ModelUse use,
      OutputStream out,
      LongConsumer progress)
      throws IOException {
    FileCoding coding = coding(source.schema(), precisions, use);
    return Summary.of(new TableEncoder(coding, workers, verifying, out).encode(source, progress));
  }

  static FileCoding coding(Schema schema, List<Precision> precisions, @Nullable ModelUse use) {
    return FileCoding.of(
        PRODUCER,
        schema,
        precisions,
        use == null ? null : use.model(),
        use != null && use.embedded());
  }

  /**
   * An autoencoder to code columns with.
   *
   * @param model the model
   * @param embedded whether the file is to hold the model
   * @param latents what a latent, a FLOAT32, may lose
   * @param kept columns that the model sees and that are stored without it, by their numbers
   * @param first for each column, what is done to its values before the model sees them, where the
   *     setting is {@link Precision#measured}
   */
  public record AutoencoderUse(
      Autoencoder model,
      boolean embedded,
      Precision latents,
      Set<Integer> kept,
      List<Precision> first) {}

  /**
   * As above, with an autoencoder. Columns that it sees and that are not kept are restored by it:
   * with the setting {@link Precision#measured} as its network says, with any other within that
   * setting.
   *
   * @throws ModelException where the model does not suit the table, or a column is measured that it
   *     does not restore
   */
  public Summary compressAutoencoded(
      TableSource source,
      List<Precision> precisions,
      AutoencoderUse use,
      OutputStream out,
      LongConsumer progress)
      throws IOException {
    FileCoding coding =
        FileCoding.autoencoded(
            PRODUCER,
            source.schema(),
            precisions,
            use.model(),
            use.embedded(),
            use.latents(),
            use.kept(),
            use.first());
    return Summary.of(new TableEncoder(coding, workers, verifying, out).encode(source, progress));
  }

  @Override
  public void close() {
    workers.close();
  }
}
