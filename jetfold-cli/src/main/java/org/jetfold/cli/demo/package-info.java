/** {@code demo}: compresses the shipped sample and compares every value. */
@NullMarked
package org.jetfold.cli.demo;

import org.jspecify.annotations.NullMarked;
