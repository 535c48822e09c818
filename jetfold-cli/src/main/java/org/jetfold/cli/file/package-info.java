/**
 * Files as commands name, open, describe and compare them, and output that is whole or not there.
 */
@NullMarked
package org.jetfold.cli.file;

import org.jspecify.annotations.NullMarked;
