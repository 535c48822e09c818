package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.ContainerReader.SectionHead;
import org.jetfold.codec.container.ScaleFields;
import org.jetfold.codec.entropy.Distribution;
import org.jetfold.codec.entropy.DistributionReader;
import org.jetfold.codec.entropy.StreamDecoder;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.FileHeader.ColumnCoding;
import org.jetfold.codec.quantize.SegmentQuantizer;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.quantize.SpikeParts;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;

/**
 * The distributions of all streams of a segment, read from a file and ready to decode its blocks.
 * Safe for use by several threads.
 *
 * <p>A decoder's tables are made when the stream is first asked for, so that reading two columns of
 * a thousand makes two.
 */
final class SegmentDistributions {
  private final FileHeader header;
  private final List<Distribution> distributions = new ArrayList<>();
  private final AtomicReferenceArray<StreamDecoder> decoders;
  private final FileQuantizers tableQuantizers;
  private final List<SegmentScale> scales = new ArrayList<>();
  private final AtomicReferenceArray<SegmentQuantizer> quantizers;
  private final AtomicReferenceArray<SpikeParts> parts;

  /**
   * Reads all distributions.
   *
   * @throws MalformedBytesException where they do not follow the format
   */
  SegmentDistributions(
      FileHeader header, FileQuantizers tableQuantizers, SectionHead.Distributions section) {
    this.header = header;
    this.tableQuantizers = tableQuantizers;
    int streams = header.streams();
    this.decoders = new AtomicReferenceArray<>(streams);
    byte[] bytes = section.bytes();
    DistributionReader reader =
        new DistributionReader(bytes, 0, bytes.length, section.bytesOffset());
    quantizers = new AtomicReferenceArray<>(header.columns().size());
    parts = new AtomicReferenceArray<>(header.columns().size());
    for (int column = 0; column < header.columns().size(); column++) {
      ColumnCoding coding = header.columns().get(column);
      ValueType type = header.schema().columns().get(column).type();
      scales.add(
          ScaleFields.hasScale(coding)
              ? ScaleFields.read(type, coding.precision(), reader)
              : SegmentScale.PLAIN);
    }
    for (int stream = 0; stream < streams; stream++) {
      Distribution distribution = reader.read();
      if (!refersBackwards(stream, distribution.reference())) {
        throw new MalformedBytesException(
            section.bytesOffset(), "a distribution refers to a column that it cannot refer to");
      }
      distributions.add(distribution);
    }
  }

  private boolean refersBackwards(int stream, int reference) {
    if (reference < Distribution.FIRST_COLUMN) {
      return true;
    }
    Schema schema = header.schema();
    int column = stream - (schema.groups().size() - 1);
    int other = reference - Distribution.FIRST_COLUMN;
    return column < schema.columns().size()
        && other < column
        && header.columns().get(column).coding() == 0
        && schema.groupOf(other) == schema.groupOf(column)
        && header.columns().get(other).coding() == 0;
  }

  /** The column that a stream's symbols are told relative to; −1 where there is none. */
  int referenceColumn(int stream) {
    return Math.max(distributions.get(stream).reference() - Distribution.FIRST_COLUMN, -1);
  }

  /** What the segment adds to a column's precision. */
  SegmentScale scale(int column) {
    return scales.get(column);
  }

  /** Whether the phases of events shift a column's grid. */
  boolean isDithered(int column) {
    return scales.get(column).dithered();
  }

  /** What restores a column's values. */
  SegmentQuantizer quantizer(int column) {
    SegmentQuantizer quantizer = quantizers.get(column);
    if (quantizer == null) {
      quantizer = tableQuantizers.of(column, scales.get(column));
      quantizers.set(column, quantizer);
    }
    return quantizer;
  }

  /** The spikes of a column that have no symbols of their own. */
  SpikeParts parts(int column) {
    SpikeParts ofColumn = parts.get(column);
    if (ofColumn == null) {
      ofColumn = new SpikeParts(quantizer(column), scales.get(column).spikes());
      parts.set(column, ofColumn);
    }
    return ofColumn;
  }

  /** Symbols of a column as another one of the same precision numbers them. */
  long[] inSymbolsOf(int referred, int column, long[] symbols) {
    boolean same =
        header.columns().get(referred).precision().equals(header.columns().get(column).precision())
            && type(referred) == type(column)
            && scales.get(referred).spikes().equals(scales.get(column).spikes());
    return same ? symbols : quantizer(referred).inSymbolsOf(quantizer(column), symbols);
  }

  private ValueType type(int column) {
    return header.schema().columns().get(column).type();
  }

  StreamDecoder decoder(int stream) {
    StreamDecoder decoder = decoders.get(stream);
    if (decoder == null) {
      decoder = new StreamDecoder(distributions.get(stream));
      decoders.set(stream, decoder);
    }
    return decoder;
  }
}
