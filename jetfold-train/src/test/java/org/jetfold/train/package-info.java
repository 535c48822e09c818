@NullMarked
package org.jetfold.train;

import org.jspecify.annotations.NullMarked;
