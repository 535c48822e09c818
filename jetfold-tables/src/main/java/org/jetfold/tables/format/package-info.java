/**
 * What every file format of tables has in common: what it is asked, what it is given and how it
 * fails. Knows no format.
 */
@NullMarked
package org.jetfold.tables.format;

import org.jspecify.annotations.NullMarked;
