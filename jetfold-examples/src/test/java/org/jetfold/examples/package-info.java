@NullMarked
package org.jetfold.examples;

import org.jspecify.annotations.NullMarked;
