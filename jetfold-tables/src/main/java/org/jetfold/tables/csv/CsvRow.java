package org.jetfold.tables.csv;

import java.util.BitSet;
import java.util.List;

/**
 * One row of a CSV file.
 *
 * @param line the line on which it starts, counted from 1
 * @param fields its fields without their quotes; spaces and tabs around a field without quotes are
 *     gone
 * @param quoted which of them were in quotes
 */
record CsvRow(long line, List<String> fields, BitSet quoted) {}
