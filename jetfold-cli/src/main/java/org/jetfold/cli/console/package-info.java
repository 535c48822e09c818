/**
 * What a person at a terminal sees: messages, tables of text, quantities with their units, exit
 * codes, interruption. Knows no command.
 */
@NullMarked
package org.jetfold.cli.console;

import org.jspecify.annotations.NullMarked;
