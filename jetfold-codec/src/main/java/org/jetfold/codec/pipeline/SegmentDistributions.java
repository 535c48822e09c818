package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.BlockHead;
import org.jetfold.codec.container.ScaleFields;
import org.jetfold.codec.container.SectionHead;
import org.jetfold.codec.entropy.ContextDecoder;
import org.jetfold.codec.entropy.Contexts;
import org.jetfold.codec.entropy.DistributionReader;
import org.jetfold.codec.entropy.FloatStreamDecoder;
import org.jetfold.codec.entropy.StreamCoding;
import org.jetfold.codec.entropy.StreamDecoder;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.FileHeader.ColumnCoding;
import org.jetfold.codec.quantize.FloatRestorer;
import org.jetfold.codec.quantize.IntTranslation;
import org.jetfold.codec.quantize.SegmentQuantizer;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.quantize.SpikeParts;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * The distributions of all streams of a segment, read from a file and ready to decode its blocks.
 * Safe for use by several threads.
 *
 * <p>A decoder's tables are made when the stream is first asked for, so that reading two columns of
 * a thousand makes two; of very many, those of some are made anew for each block.
 */
final class SegmentDistributions {
  /** What decoders of a segment may keep, which those of some 200 columns take. */
  private static final long DECODER_BYTES = 48L << 20;

  private final FileHeader header;
  private final List<StreamCoding> codings = new ArrayList<>();
  private final DecoderTables<StreamDecoder> decoders;
  private final DecoderTables<ContextDecoder> contextDecoders;
  private final int[] decodingOrder;
  private final DecoderTables<Optional<FloatStreamDecoder>> floatDecoders;
  private final FileQuantizers tableQuantizers;

  /** For each column, whether it is coded in this segment as one without a model is. */
  private final boolean[] isStatic;

  private final List<SegmentScale> scales = new ArrayList<>();
  private final AtomicReferenceArray<SegmentQuantizer> quantizers;
  private final AtomicReferenceArray<SpikeParts> parts;
  private final DecoderTables<FloatRestorer> restorers;
  private final AtomicReferenceArray<IntTranslation> translations;

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
    DecoderTables.Budget budget = new DecoderTables.Budget(DECODER_BYTES);
    decoders =
        new DecoderTables<>(
            streams,
            budget,
            stream -> new StreamDecoder(codings.get(stream).distributions().getFirst()),
            StreamDecoder::bytes);
    contextDecoders =
        new DecoderTables<>(
            streams,
            budget,
            stream -> new ContextDecoder(codings.get(stream)),
            ContextDecoder::bytes);
    byte[] bytes = section.bytes();
    DistributionReader reader =
        new DistributionReader(bytes, 0, bytes.length, section.bytesOffset());
    floatDecoders =
        new DecoderTables<>(
            header.columns().size(),
            budget,
            this::makeFloatDecoder,
            decoder -> decoder.map(FloatStreamDecoder::bytes).orElse(0L));
    isStatic = new boolean[header.columns().size()];
    for (int column = 0; column < isStatic.length; column++) {
      isStatic[column] =
          DensityKind.codes(header, column)
              ? !reader.modelled()
              : header.columns().get(column).coding() == 0;
    }
    quantizers = new AtomicReferenceArray<>(header.columns().size());
    parts = new AtomicReferenceArray<>(header.columns().size());
    restorers =
        new DecoderTables<>(
            header.columns().size(),
            budget,
            column -> new FloatRestorer(quantizer(column)),
            FloatRestorer::bytes);
    translations = new AtomicReferenceArray<>(header.columns().size());
    for (int column = 0; column < header.columns().size(); column++) {
      ColumnCoding coding = header.columns().get(column);
      ValueType type = header.schema().columns().get(column).type();
      scales.add(ScaleFields.read(type, coding, reader));
    }
    for (int stream = 0; stream < streams; stream++) {
      StreamCoding coding = reader.readStream();
      if (!refersRightly(stream, coding)) {
        throw new MalformedBytesException(
            section.bytesOffset(), "a distribution refers to a column that it cannot refer to");
      }
      codings.add(coding);
    }
    DecodingOrder order = new DecodingOrder(header.columns().size(), this::decodedBefore);
    if (!order.isPossible()) {
      throw new MalformedBytesException(
          section.bytesOffset(), "columns refer to one another in a circle");
    }
    decodingOrder = order.columns();
  }

  private boolean refersRightly(int stream, StreamCoding coding) {
    Schema schema = header.schema();
    int column = stream - (schema.groups().size() - 1);
    Contexts contexts = coding.contexts();
    if (contexts == null && coding.columns().isEmpty()) {
      return true;
    }
    if (column < 0 || !isStatic(column)) {
      return false;
    }
    if (contexts != null && contexts.needsLists() && schema.groupOf(column) == 0) {
      return false;
    }
    return coding.columns().stream()
        .allMatch(other ->
            other != column
                && isStatic(other)
                && schema.groupOf(other) == schema.groupOf(column)
                && (contexts != null || other < column));
  }

  /** The columns without whose symbols a column cannot be decoded. */
  List<Integer> decodedBefore(int column) {
    return codings.get(BlockHead.streamOfColumn(header.schema(), column)).columns();
  }

  /** All columns, each behind those that must be decoded before. */
  int[] decodingOrder() {
    return decodingOrder;
  }

  /** What the segment adds to a column's precision. */
  SegmentScale scale(int column) {
    return scales.get(column);
  }

  /** Whether the phases of events shift a column's grid. */
  boolean isDithered(int column) {
    return scales.get(column).dithered();
  }

  /** Whether a column is coded in this segment as one without a model is. */
  boolean isStatic(int column) {
    return column < isStatic.length && isStatic[column];
  }

  /** What restores a column's values. */
  SegmentQuantizer quantizer(int column) {
    SegmentQuantizer quantizer = quantizers.get(column);
    if (quantizer == null) {
      quantizer =
          isStatic[column]
              ? tableQuantizers.withoutModel(column, scales.get(column))
              : tableQuantizers.of(column, scales.get(column));
      quantizers.set(column, quantizer);
    }
    return quantizer;
  }

  /** What restores a FLOAT32 column's values from symbols that are ints. */
  FloatRestorer restorer(int column) {
    return restorers.get(column);
  }

  /** What gives the symbols of the one column that another refers to as this one numbers them. */
  IntTranslation translation(int referred, int column) {
    IntTranslation translation = translations.get(column);
    if (translation == null) {
      translation = new IntTranslation(quantizer(referred), quantizer(column));
      translations.set(column, translation);
    }
    return translation;
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

  /** Whether both columns number the same symbols alike. */
  boolean haveSameSymbols(int referred, int column) {
    return header
            .columns()
            .get(referred)
            .precision()
            .equals(header.columns().get(column).precision())
        && type(referred) == type(column)
        && scales.get(referred).spikes().equals(scales.get(column).spikes());
  }

  /** Symbols of a column as another one of the same precision numbers them. */
  long[] inSymbolsOf(int referred, int column, long[] symbols) {
    return haveSameSymbols(referred, column)
        ? symbols
        : quantizer(referred).inSymbolsOf(quantizer(column), symbols);
  }

  private ValueType type(int column) {
    return header.schema().columns().get(column).type();
  }

  /** What decodes a column's streams straight to values; null where they need another. */
  @Nullable FloatStreamDecoder floatDecoder(int column) {
    return floatDecoders.get(column).orElse(null);
  }

  private Optional<FloatStreamDecoder> makeFloatDecoder(int column) {
    boolean mayBe =
        type(column) == ValueType.FLOAT32
            && header.columns().get(column).coding() == 0
            && !isDithered(column);
    StreamCoding coding = codings.get(BlockHead.streamOfColumn(header.schema(), column));
    return mayBe
        ? Optional.ofNullable(
            FloatStreamDecoder.of(coding, symbols -> quantizer(column).floatsOf(symbols)))
        : Optional.empty();
  }

  /** What decodes a stream in contexts; null where it has but one distribution. */
  @Nullable ContextDecoder contextDecoder(int stream) {
    return codings.get(stream).contexts() == null ? null : contextDecoders.get(stream);
  }

  /** Whether a stream has a distribution that was made from some values. */
  boolean hasValues(int stream) {
    return codings.get(stream).distributions().getFirst().hasValues();
  }

  StreamDecoder decoder(int stream) {
    return decoders.get(stream);
  }
}
