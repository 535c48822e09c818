@NullMarked
package org.jetfold.train.density;

import org.jspecify.annotations.NullMarked;
