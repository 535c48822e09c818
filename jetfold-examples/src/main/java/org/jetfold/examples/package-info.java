/** Short programs that use Jetfold as a library. The README and the Javadoc quote them. */
@NullMarked
package org.jetfold.examples;

import org.jspecify.annotations.NullMarked;
