/** What the inputs of networks look like: the distributions of normalized variables. */
@NullMarked
package org.jetfold.study.normalization;

import org.jspecify.annotations.NullMarked;
