package org.jetfold.codec.reference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a T frame says, section 7.
 *
 * @param isStatic of each column, whether it is coded as one without a model is
 * @param values of each column; null for integers
 * @param leaves of each stream; of one in contexts those of the first
 * @param contexts of each stream; null where it has one distribution
 */
record SegmentFields(
    List<Boolean> isStatic,
    List<SegmentValues> values,
    List<Leaves> leaves,
    List<ContextFields> contexts) {
  static SegmentFields read(byte[] head, long offset, HeaderFields header) {
    CodedBits coder = new CodedBits(head);
    List<Boolean> isStatic = new ArrayList<>();
    for (HeaderFields.Column column : header.columns()) {
      boolean hasDensityModel =
          column.coding() > 0 && header.models().get(column.coding() - 1).kind() == 1;
      isStatic.add(hasDensityModel ? coder.bit("MODELLED") == 0 : column.coding() == 0);
    }
    List<SegmentValues> values = new ArrayList<>();
    for (HeaderFields.Column column : header.columns()) {
      values.add(
          !column.isFloat()
              ? null
              : column.hasSegmentFields()
                  ? SegmentValues.read(coder, column, offset)
                  : column.mayHaveDecimals()
                      ? SegmentValues.readDecimals(coder, column, offset)
                      : new SegmentValues(column, SegmentValues.Fields.NONE));
    }
    List<Leaves> leaves = new ArrayList<>();
    List<ContextFields> contexts = new ArrayList<>();
    long together = 0;
    for (int stream = 0; stream < header.streams(); stream++) {
      boolean several = coder.bit("SEVERAL") == 1;
      contexts.add(several ? ContextFields.read(coder, offset) : null);
      leaves.add(
          several ? contexts.getLast().distributions().getFirst() : Leaves.readOne(coder, offset));
      List<Leaves> all = several ? contexts.getLast().distributions() : List.of(leaves.getLast());
      together += all.stream().mapToLong(Leaves::count).sum();
      if (together > Leaves.MAX_IN_FRAME) {
        throw FileError.damaged(offset, "a frame has too many leaves");
      }
    }
    SegmentFields fields = new SegmentFields(isStatic, values, leaves, contexts);
    fields.checkReferences(header, offset);
    return fields;
  }

  /** The columns that must be decoded before a stream. */
  List<Integer> columns(int stream) {
    return contexts.get(stream) == null
        ? leaves.get(stream).columns()
        : contexts.get(stream).columns();
  }

  private void checkReferences(HeaderFields header, long offset) {
    int lists = header.groups().size() - 1;
    for (int stream = 0; stream < header.streams(); stream++) {
      int column = stream - lists;
      ContextFields several = contexts.get(stream);
      boolean isColumn = column >= 0 && column < header.columns().size() && isStatic.get(column);
      boolean right = isColumn || (several == null && columns(stream).isEmpty());
      if (several != null && isColumn && header.columns().get(column).group() == 0) {
        right = !several.needsLists();
      }
      for (int other : columns(stream)) {
        right &=
            other != column
                && other < header.columns().size()
                && (several != null || other < column);
        right =
            right
                && isStatic.get(other)
                && header.columns().get(other).group() == header.columns().get(column).group();
      }
      if (!right) {
        throw FileError.damaged(offset, "a reference to a column that cannot be one");
      }
    }
    Set<Integer> decoded = new HashSet<>();
    int before = -1;
    while (decoded.size() > before) {
      before = decoded.size();
      for (int column = 0; column < header.columns().size(); column++) {
        if (decoded.containsAll(columns(lists + column))) {
          decoded.add(column);
        }
      }
    }
    if (before < header.columns().size()) {
      throw FileError.damaged(offset, "columns that need themselves");
    }
  }
}
