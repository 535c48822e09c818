/**
 * Comma-separated values: a table of numbers as text.
 *
 * <p>The dialect is fixed, so that a file means the same whatever else it holds: commas between
 * fields, a line a row (LF or CRLF), UTF-8 with or without a byte order mark, fields optionally in
 * double quotes (two of them inside stand for one), spaces around fields ignored. The first line
 * holds the columns' names, unless it holds nothing but bare numbers: then the columns are c0, c1,
 * …, and a warning says so.
 */
@NullMarked
package org.jetfold.tables.csv;

import org.jspecify.annotations.NullMarked;
