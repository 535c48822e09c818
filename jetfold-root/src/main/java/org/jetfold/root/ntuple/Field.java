package org.jetfold.root.ntuple;

/**
 * A field of the schema.
 *
 * @param id its number
 * @param parent the field that it belongs to; its own number at the top
 * @param role its structural role: see the constants
 * @param repetitions the size of a fixed-size array; 0 for none
 * @param name its name
 * @param typeName its C++ type; empty for untyped collections and records
 */
record Field(int id, int parent, int role, long repetitions, String name, String typeName) {
  static final int LEAF = 0;
  static final int COLLECTION = 1;
  static final int RECORD = 2;
  static final int VARIANT = 3;
  static final int STREAMED = 4;

  /** Whether it stands at the top. */
  boolean isTop() {
    return parent == id;
  }

  /** Whether it holds the number of elements of a collection. */
  boolean isCardinality() {
    return typeName.startsWith("ROOT::RNTupleCardinality<");
  }
}
