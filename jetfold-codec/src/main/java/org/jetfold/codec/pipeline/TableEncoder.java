package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jetfold.codec.container.ContainerWriter;
import org.jetfold.codec.container.FileHeader;
import org.jetfold.codec.container.Footer;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/** Writes a whole table as a file. */
public final class TableEncoder {
  private final FileHeader header;
  private final @Nullable Binding binding;
  private final List<Precision> first;
  private final Workers workers;
  private final boolean verifying;

  /**
   * An encoder for tables of one shape.
   *
   * @param header what to store and how; columns are coded by the static model, or by the header's
   *     only model
   * @param binding that model and its columns; null where the header has none
   * @param first for each column, what is done to its values before an autoencoder sees them; empty
   *     where there is none
   * @param verifying whether every stream is decoded and compared before it is written
   */
  public TableEncoder(
      FileHeader header,
      @Nullable Binding binding,
      List<Precision> first,
      Workers workers,
      boolean verifying) {
    this.header = header;
    this.binding = binding;
    this.first = List.copyOf(first);
    this.workers = workers;
    this.verifying = verifying;
  }

  /**
   * What was written.
   *
   * @param footer the file's footer
   * @param bytes the file's size
   */
  public record Written(Footer footer, long bytes) {}

  private @Nullable ModelledSegments modelled(List<ColumnPath> paths) {
    return switch (binding) {
      case null -> null;
      case ModelBinding density -> new ModelledStreams(density, paths, workers, verifying);
      case AutoencoderBinding autoencoder ->
          new AutoencodedStreams(header, autoencoder, paths, first, workers, verifying);
    };
  }

  /**
   * Reads the source to its end and writes the file.
   *
   * @param progress is told the number of root entries written so far
   */
  public Written encode(TableSource source, OutputStream out, LongConsumer progress)
      throws IOException {
    List<ColumnPath> paths = new ArrayList<>();
    for (int column = 0; column < header.columns().size(); column++) {
      paths.add(
          new ColumnPath(
              header.schema().columns().get(column), header.columns().get(column).precision()));
    }
    ContainerWriter writer = new ContainerWriter(out, header);
    if (binding != null && header.models().getFirst().embedded()) {
      writer.model(0, binding.model().bytes());
    }
    SegmentEncoder encoder = new SegmentEncoder(header, paths, modelled(paths), workers, verifying);
    SegmentCutter cutter = new SegmentCutter(source);
    long entries = 0;
    Segment segment = cutter.next();
    while (segment != null) {
      encoder.encode(segment, writer);
      entries += segment.table().rootEntries();
      progress.accept(entries);
      segment = cutter.next();
    }
    return new Written(writer.finish(), writer.size());
  }
}
