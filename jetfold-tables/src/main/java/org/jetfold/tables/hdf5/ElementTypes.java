package org.jetfold.tables.hdf5;

import io.jhdf.object.datatype.ArrayDataType;
import io.jhdf.object.datatype.BitField;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.CompoundDataType.CompoundDataMember;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OpaqueDataType;
import io.jhdf.object.datatype.Reference;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.TimeDataType;
import io.jhdf.object.datatype.VariableLength;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.tables.arrays.Element;
import org.jetfold.tables.arrays.FloatLayout;
import org.jetfold.tables.arrays.RowLayout;
import org.jetfold.tables.arrays.RowLayout.Slot;

/** The numbers in an element of a dataset. */
final class ElementTypes {
  /** The mantissa's leading one is not stored: as in IEEE 754, and in nearly all files. */
  private static final int IMPLIED_ONE = 2;

  private static final int MAX_DEPTH = 16;

  /** The fields of a complex number. */
  private static final List<String> COMPLEX = List.of("r", "i");

  private final List<Slot> numbers = new ArrayList<>();
  private final Map<String, String> others = new LinkedHashMap<>();

  private ElementTypes() {}

  /** The numbers of a type; a number that is no field of a record is called as the dataset. */
  static ElementTypes of(DataType type, String dataset) {
    ElementTypes found = new ElementTypes();
    found.add(type, dataset, "", 0, 0);
    return found;
  }

  /** The numbers. */
  List<Slot> numbers() {
    return numbers;
  }

  /** What an element holds beside numbers: its name and what it is. */
  Map<String, String> others() {
    return others;
  }

  /**
   * Adds an element's numbers.
   *
   * @param prefix what comes before the names of a record's fields
   */
  private void add(DataType type, String name, String prefix, int at, int depth) {
    if (depth > MAX_DEPTH) {
      others.put(name, "records within more than %d others".formatted(MAX_DEPTH));
      return;
    }
    switch (type) {
      case FloatingPoint floats -> addFloats(floats, name, at);
      case FixedPoint integers ->
          addIntegers(
              name,
              at,
              integers.getSize(),
              integers.getByteOrder(),
              integers.isSigned(),
              integers.getBitOffset(),
              integers.getBitPrecision());
      case BitField bits ->
          addIntegers(
              name,
              at,
              bits.getSize(),
              bits.getByteOrder(),
              false,
              bits.getBitOffset(),
              bits.getBitPrecision());
      case EnumDataType names when isBoolean(names) ->
          numbers.add(new Slot(name, Element.booleans(names.getSize()), at));
      case EnumDataType names -> add(names.getBaseType(), name, prefix, at, depth + 1);
      case CompoundDataType complex when isComplex(complex) ->
          complex
              .getMembers()
              .forEach(part ->
                  add(
                      part.getDataType(),
                      name + "." + part.getName(),
                      "",
                      at + part.getOffset(),
                      depth + 1));
      case CompoundDataType record -> {
        for (CompoundDataMember field : record.getMembers()) {
          String path = prefix + field.getName();
          add(field.getDataType(), path, path + ".", at + field.getOffset(), depth + 1);
        }
      }
      case ArrayDataType array -> addArray(array, name, at, depth);
      default -> others.put(name, description(type));
    }
  }

  /** h5py's booleans: an enumeration of FALSE and TRUE. */
  private static boolean isBoolean(EnumDataType names) {
    return names.getSize() <= 8 && names.getEnumMapping().equals(Map.of(0, "FALSE", 1, "TRUE"));
  }

  /** Complex numbers as h5py writes them: a record of two floats r and i. */
  static boolean isComplex(CompoundDataType record) {
    return record.getMembers().stream().map(CompoundDataMember::getName).toList().equals(COMPLEX)
        && record.getMembers().stream()
            .allMatch(part -> part.getDataType() instanceof FloatingPoint);
  }

  private void addArray(ArrayDataType array, String name, int at, int depth) {
    ElementTypes one = new ElementTypes();
    one.add(array.getBaseType(), name, name + ".", 0, depth + 1);
    List<Long> shape =
        Arrays.stream(array.getArrayTypeDimensions()).asLongStream().boxed().toList();
    RowLayout.of(one.numbers, array.getBaseType().getSize(), shape)
        .slots()
        .forEach(slot -> numbers.add(new Slot(slot.name(), slot.element(), at + slot.at())));
    others.putAll(one.others);
  }

  private void addIntegers(
      String name,
      int at,
      int bytes,
      ByteOrder order,
      boolean signed,
      int bitOffset,
      int precision) {
    try {
      boolean bigEndian = order == ByteOrder.BIG_ENDIAN;
      numbers.add(
          new Slot(name, Element.integers(signed, bytes, bigEndian, bitOffset, precision), at));
    } catch (IllegalArgumentException e) {
      others.put(name, "integers of %d bits".formatted(8 * bytes));
    }
  }

  private void addFloats(FloatingPoint type, String name, int at) {
    FloatLayout layout =
        new FloatLayout(
            type.getSignLocation(),
            type.getExponentLocation(),
            type.getExponentSize(),
            type.getMantissaLocation(),
            type.getMantissaSize(),
            type.getExponentBias());
    try {
      if (type.getMantissaNormalization() != IMPLIED_ONE || type.getSize() > Long.BYTES) {
        throw new IllegalArgumentException("no column holds such floats");
      }
      boolean bigEndian = type.getByteOrder() == ByteOrder.BIG_ENDIAN;
      numbers.add(new Slot(name, Element.floats(layout, type.getSize(), bigEndian), at));
    } catch (IllegalArgumentException e) {
      others.put(
          name,
          "floats of %d bits, %d of them of the exponent, which no column holds"
              .formatted(8 * type.getSize(), type.getExponentSize()));
    }
  }

  /** What such elements are, for the user. */
  private static String description(DataType type) {
    return switch (type) {
      case StringData unused -> "text";
      case VariableLength list when list.isVariableLengthString() -> "text";
      case VariableLength unused -> "lists within records";
      case TimeDataType unused -> "dates or times";
      case Reference unused -> "references to other objects";
      case OpaqueDataType unused -> "raw bytes";
      default -> "a type that is not read";
    };
  }
}
