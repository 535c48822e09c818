/** TTree: branches, leaves and baskets. */
@NullMarked
package org.jetfold.root.tree;

import org.jspecify.annotations.NullMarked;
