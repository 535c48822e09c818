package org.jetfold.codec.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * What a T frame says, section 7.
 *
 * @param values of each column; null for integers
 * @param leaves of each stream
 */
record SegmentFields(List<SegmentValues> values, List<Leaves> leaves) {
  static SegmentFields read(byte[] head, long offset, HeaderFields header) {
    CodedBits coder = new CodedBits(head);
    List<SegmentValues> values = new ArrayList<>();
    for (HeaderFields.Column column : header.columns()) {
      values.add(
          !column.isFloat()
              ? null
              : column.hasSegmentFields()
                  ? SegmentValues.read(coder, column, offset)
                  : new SegmentValues(column, SegmentValues.Fields.NONE));
    }
    return new SegmentFields(values, Leaves.readAll(coder, offset, header));
  }
}
