/** What all of Jetfold's exceptions for users have in common; stands on nothing. */
@NullMarked
package org.jetfold.codec.error;

import org.jspecify.annotations.NullMarked;
