@NullMarked
package org.jetfold.spark;

import org.jspecify.annotations.NullMarked;
