package org.jetfold.root.ntuple;

/**
 * A column of the schema, which has pages of its own.
 *
 * @param id its number
 * @param field the field that it belongs to
 * @param type how elements are stored; see {@link ColumnType}
 * @param bits the bits of an element
 * @param minimum the lower end of a range
 * @param maximum the upper end of a range
 * @param extended whether it was added after the header was written
 */
record PhysicalColumn(
    int id,
    int field,
    ColumnType type,
    int bits,
    double minimum,
    double maximum,
    boolean extended) {}
