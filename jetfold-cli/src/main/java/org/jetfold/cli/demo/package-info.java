/** The result on the shipped sample: {@code demo}. */
@NullMarked
package org.jetfold.cli.demo;

import org.jspecify.annotations.NullMarked;
