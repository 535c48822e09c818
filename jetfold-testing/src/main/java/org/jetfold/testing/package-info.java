/** What the tests of several modules share. */
@NullMarked
package org.jetfold.testing;

import org.jspecify.annotations.NullMarked;
