/** Readers and writers of tables in other formats. */
@NullMarked
package org.jetfold.tables;

import org.jspecify.annotations.NullMarked;
