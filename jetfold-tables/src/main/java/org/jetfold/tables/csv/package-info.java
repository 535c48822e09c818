/**
 * Comma-separated values: a table of numbers as text.
 *
 * <p>FastCSV cuts and quotes the text, the JDK reads and writes the numbers; what is left here are
 * the rules. The dialect is fixed, so that a file means the same whatever else it holds: commas
 * between fields, a line a row (LF, CRLF or CR), UTF-8 or what a byte order mark says, fields
 * optionally in double quotes (two of them inside stand for one), spaces around fields ignored. The
 * first line holds the columns' names, unless it holds nothing but bare numbers: then the columns
 * are c0, c1, …, and a warning says so.
 */
@NullMarked
package org.jetfold.tables.csv;

import org.jspecify.annotations.NullMarked;
