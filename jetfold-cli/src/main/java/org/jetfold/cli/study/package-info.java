/** What compression does to physics: {@code evaluate} and the studies. */
@NullMarked
package org.jetfold.cli.study;

import org.jspecify.annotations.NullMarked;
