package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.LongConsumer;
import org.jetfold.codec.container.ContainerWriter;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/** Writes one table as a file, whole or segment by segment. Not thread-safe. */
public final class TableEncoder {
  private final SegmentEncoder encoder;
  private final ContainerWriter writer;

  /**
   * Writes the header, and the model where the file holds it.
   *
   * @param verifying whether every stream is decoded and compared before it is written
   * @param out is written from front to back, and not closed
   */
  public TableEncoder(FileCoding coding, Workers workers, boolean verifying, OutputStream out)
      throws IOException {
    this(coding, workers, verifying, null, out);
  }

  /**
   * As above.
   *
   * @param intervals of blocks of columns that a density model codes; null to compute them
   */
  TableEncoder(
      FileCoding coding,
      Workers workers,
      boolean verifying,
      ModelledStreams.@Nullable IntervalsOfBlock intervals,
      OutputStream out)
      throws IOException {
    Binding binding = coding.binding();
    writer = new ContainerWriter(out, coding.header());
    if (binding != null && coding.header().models().getFirst().embedded()) {
      writer.model(0, binding.model().bytes());
    }
    List<ColumnPath> paths = coding.paths();
    ModelledSegments modelled =
        switch (binding) {
          case null -> null;
          case ModelBinding density ->
              new ModelledStreams(density, paths, workers, verifying, intervals);
          case AutoencoderBinding autoencoder ->
              new AutoencodedStreams(
                  coding.header(), autoencoder, paths, coding.first(), workers, verifying);
        };
    encoder = new SegmentEncoder(coding.header(), paths, modelled, workers, verifying);
  }

  /**
   * What was written.
   *
   * @param footer the file's footer
   * @param bytes the file's size
   */
  public record Written(Footer footer, long bytes) {}

  /**
   * Reads the source to its end and writes the file.
   *
   * @param progress is told the number of root entries written so far
   */
  public Written encode(TableSource source, LongConsumer progress) throws IOException {
    SegmentCutter cutter = new SegmentCutter(source);
    long entries = 0;
    Segment segment = cutter.next();
    while (segment != null) {
      write(segment);
      entries += segment.table().rootEntries();
      progress.accept(entries);
      segment = cutter.next();
    }
    return finish();
  }

  /** Writes the next segment. */
  void write(Segment segment) throws IOException {
    encoder.encode(segment, writer);
  }

  /** Writes the footer. */
  Written finish() throws IOException {
    return new Written(writer.finish(), writer.size());
  }
}
