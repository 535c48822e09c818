@NullMarked
package org.jetfold.train.descent;

import org.jspecify.annotations.NullMarked;
