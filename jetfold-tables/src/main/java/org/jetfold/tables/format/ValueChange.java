package org.jetfold.tables.format;

/**
 * Values of a column that are not in the table as the file has them.
 *
 * @param column the column's name in the file
 * @param how what became of them, such as {@code missing values read as NaN}
 * @param values their number, at least one
 */
public record ValueChange(String column, String how, long values) {}
