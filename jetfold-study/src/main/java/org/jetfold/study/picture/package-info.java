/** Charts, and how they are drawn. */
@NullMarked
package org.jetfold.study.picture;

import org.jspecify.annotations.NullMarked;
