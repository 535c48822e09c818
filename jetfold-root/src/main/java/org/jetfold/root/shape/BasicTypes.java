package org.jetfold.root.shape;

import org.jetfold.root.ValueType;
import org.jetfold.root.streamer.ElementType;
import org.jetfold.root.streamer.PackedRange;
import org.jspecify.annotations.Nullable;

/** The types that are a number, or text, by name and by ROOT's number. */
final class BasicTypes {
  private BasicTypes() {}

  /** ROOT's number for a type's name; 0 for any other name. */
  static int elementType(String name) {
    return switch (name) {
      case "bool", "Bool_t" -> ElementType.BOOL;
      case "char", "Char_t", "signed char", "int8_t" -> ElementType.CHAR;
      case "unsigned char", "UChar_t", "Byte_t", "uint8_t", "byte" -> ElementType.UNSIGNED_CHAR;
      case "short", "Short_t", "short int", "int16_t", "Version_t" -> ElementType.SHORT;
      case "unsigned short", "UShort_t", "unsigned short int", "uint16_t" ->
          ElementType.UNSIGNED_SHORT;
      case "int", "Int_t", "signed int", "int32_t" -> ElementType.INT;
      case "unsigned int", "UInt_t", "unsigned", "uint32_t" -> ElementType.UNSIGNED_INT;
      case "long", "Long_t", "long int", "ssize_t" -> ElementType.LONG;
      case "unsigned long", "ULong_t", "unsigned long int", "size_t" -> ElementType.UNSIGNED_LONG;
      case "long long", "Long64_t", "int64_t" -> ElementType.LONG64;
      case "unsigned long long", "ULong64_t", "uint64_t" -> ElementType.UNSIGNED_LONG64;
      case "float", "Float_t" -> ElementType.FLOAT;
      case "double", "Double_t" -> ElementType.DOUBLE;
      case "Double32_t" -> ElementType.DOUBLE32;
      case "Float16_t" -> ElementType.FLOAT16;
      default -> 0;
    };
  }

  /** The shape of a type's name; null where it is no basic type. */
  static @Nullable Shape shape(String name) {
    return switch (name) {
      case "string", "basic_string", "TString" -> new Shape.Text(false);
      default -> shape(elementType(name));
    };
  }

  /** The shape of a type by ROOT's number; null where it is no basic type. */
  static @Nullable Shape shape(int elementType) {
    return switch (elementType) {
      case ElementType.DOUBLE32 -> new Shape.Packed(ValueType.FLOAT64, PackedRange.NONE);
      case ElementType.FLOAT16 -> new Shape.Packed(ValueType.FLOAT32, PackedRange.NONE);
      default -> {
        ValueType type = number(elementType);
        yield type == null ? null : new Shape.Numeric(type);
      }
    };
  }

  private static @Nullable ValueType number(int elementType) {
    return switch (elementType) {
      case ElementType.BOOL -> ValueType.BOOL;
      case ElementType.CHAR -> ValueType.INT8;
      case ElementType.UNSIGNED_CHAR, ElementType.LEGACY_CHAR -> ValueType.UINT8;
      case ElementType.SHORT -> ValueType.INT16;
      case ElementType.UNSIGNED_SHORT -> ValueType.UINT16;
      case ElementType.INT, ElementType.COUNTER -> ValueType.INT32;
      case ElementType.UNSIGNED_INT, ElementType.BITS -> ValueType.UINT32;
      case ElementType.LONG, ElementType.LONG64 -> ValueType.INT64;
      case ElementType.UNSIGNED_LONG, ElementType.UNSIGNED_LONG64 -> ValueType.UINT64;
      case ElementType.FLOAT -> ValueType.FLOAT32;
      case ElementType.DOUBLE -> ValueType.FLOAT64;
      default -> null;
    };
  }

  /** The shape of a TArray class, which has a count and no header; null for any other class. */
  static @Nullable Shape tarray(String className) {
    Shape element = shape(ElementType.ofTArray(className));
    return element == null ? null : new Shape.Sequence(element, false);
  }
}
