@NullMarked
package org.jetfold.cli.compare;

import org.jspecify.annotations.NullMarked;
