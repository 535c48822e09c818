/** The command line: one class a command. */
@NullMarked
package org.jetfold.cli;

import org.jspecify.annotations.NullMarked;
