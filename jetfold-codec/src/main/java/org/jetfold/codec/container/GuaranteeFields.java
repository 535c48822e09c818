package org.jetfold.codec.container;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.file.FileGuarantees;
import org.jetfold.codec.file.FileGuarantees.QuantityBound;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionException;

/** Writes and reads what a header says of guarantees (docs/format.md section 4). */
final class GuaranteeFields {
  private GuaranteeFields() {}

  static void write(FileGuarantees guarantees, ByteWriter out) {
    out.string(guarantees.jets());
    out.varint(guarantees.bounds().size());
    for (QuantityBound bound : guarantees.bounds()) {
      out.string(bound.quantity());
      out.string(bound.expression());
      PrecisionFields.write(bound.bound(), out);
    }
    out.varint(guarantees.refinedColumns().size());
    guarantees.refinedColumns().forEach(out::varint);
  }

  /**
   * Reads guarantees.
   *
   * @param columns how many columns the file has
   * @throws org.jetfold.codec.bytes.MalformedBytesException where the bytes are none
   */
  static FileGuarantees read(ByteReader in, int columns) {
    String jets = in.string();
    int count = in.count(in.remaining(), "the number of guarantees");
    if (count == 0) {
      throw in.malformed("the header has a list of guarantees, and none is in it");
    }
    List<QuantityBound> bounds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      QuantityBound bound = readBound(in);
      if (bounds.stream().anyMatch(other -> other.quantity().equals(bound.quantity()))) {
        throw in.malformed("%s has two guarantees".formatted(bound.quantity()));
      }
      bounds.add(bound);
    }
    int refined = in.count(columns, "the number of refined columns");
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < refined; i++) {
      numbers.add(in.count(columns - 1, "a refined column"));
    }
    return new FileGuarantees(jets, bounds, numbers);
  }

  private static QuantityBound readBound(ByteReader in) {
    String quantity = in.string();
    if (quantity.isEmpty()) {
      throw in.malformed("a guarantee is of no quantity");
    }
    String expression = in.string();
    try {
      Precision bound = PrecisionFields.read(in, quantity);
      if (bound instanceof Precision.Relative || bound instanceof Precision.Absolute) {
        return new QuantityBound(quantity, expression, bound);
      }
      throw in.malformed("a guarantee of %s is neither rel nor abs".formatted(quantity));
    } catch (PrecisionException e) {
      throw in.malformed("%s: %s".formatted(quantity, e.getMessage()));
    }
  }
}
