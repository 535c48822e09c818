@NullMarked
package org.jetfold.cli.console;

import org.jspecify.annotations.NullMarked;
