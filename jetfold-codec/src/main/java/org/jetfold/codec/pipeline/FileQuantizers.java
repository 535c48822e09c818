package org.jetfold.codec.pipeline;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.quantize.SegmentQuantizer;
import org.jetfold.codec.quantize.SegmentScale;

/** The quantizers of a file's columns, each made when it is first asked for. Safe to share. */
final class FileQuantizers {
  private final FileHeader header;
  private final List<ColumnCoder> coders;
  private final AtomicReferenceArray<Quantizer> made;

  /**
   * The quantizers of a file.
   *
   * @param coders of the models that are known
   */
  FileQuantizers(FileHeader header, List<ColumnCoder> coders) {
    this.header = header;
    this.coders = List.copyOf(coders);
    made = new AtomicReferenceArray<>(header.columns().size());
  }

  /** The quantizer of a column's symbols in a segment with a scale. */
  SegmentQuantizer of(int column, SegmentScale inSegment) {
    SegmentScale scale = inSegment;
    for (ColumnCoder coder : coders) {
      if (coder.columns().contains(column)) {
        scale = coder.scaleOfSymbols(column, inSegment);
      }
    }
    return ofTable(column).of(scale);
  }

  /** The quantizer of a column's symbols in a segment where no model codes it. */
  SegmentQuantizer withoutModel(int column, SegmentScale inSegment) {
    return ofTable(column).of(inSegment);
  }

  private Quantizer ofTable(int column) {
    Quantizer quantizer = made.get(column);
    if (quantizer == null) {
      quantizer =
          Quantizer.of(
              header.columns().get(column).precision(),
              header.schema().columns().get(column).type());
      made.set(column, quantizer);
    }
    return quantizer;
  }
}
