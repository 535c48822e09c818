@NullMarked
package org.jetfold.train.optimization;

import org.jspecify.annotations.NullMarked;
