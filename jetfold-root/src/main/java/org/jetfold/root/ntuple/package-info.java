/** RNTuple: anchor, envelopes, clusters, pages and columns. */
@NullMarked
package org.jetfold.root.ntuple;

import org.jspecify.annotations.NullMarked;
