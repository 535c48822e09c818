/**
 * What is in a file, and whether it is what it was made of: {@code list}, {@code inspect}, {@code
 * verify}.
 */
@NullMarked
package org.jetfold.cli.inspect;

import org.jspecify.annotations.NullMarked;
