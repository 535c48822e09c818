package org.jetfold.codec.pipeline;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.quantize.Quantizer;

/** The quantizers of a file's columns, each made when it is first asked for. Safe to share. */
final class FileQuantizers {
  private final FileHeader header;
  private final AtomicReferenceArray<Quantizer> made;

  FileQuantizers(FileHeader header) {
    this.header = header;
    made = new AtomicReferenceArray<>(header.columns().size());
  }

  Quantizer of(int column) {
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
