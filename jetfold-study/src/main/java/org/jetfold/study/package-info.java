/** Did the physics survive compression? */
@NullMarked
package org.jetfold.study;

import org.jspecify.annotations.NullMarked;
