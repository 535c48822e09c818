/**
 * Where bytes come from: a file read at random, and a cursor over bytes in memory. Every error
 * names file and offset.
 */
@NullMarked
package org.jetfold.root.source;

import org.jspecify.annotations.NullMarked;
