/** ROOT files as tables of events: TTree and RNTuple in, RNTuple out. */
@NullMarked
package org.jetfold.tables.root;

import org.jspecify.annotations.NullMarked;
