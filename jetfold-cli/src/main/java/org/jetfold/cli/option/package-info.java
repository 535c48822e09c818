/** Options that several commands have, and the bar that shows how far a command is. */
@NullMarked
package org.jetfold.cli.option;

import org.jspecify.annotations.NullMarked;
