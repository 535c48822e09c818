/** A ROOT file as a container: its header, keys and directories. */
@NullMarked
package org.jetfold.root.file;

import org.jspecify.annotations.NullMarked;
