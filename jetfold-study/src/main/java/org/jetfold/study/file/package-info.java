/** What a compressed file says of itself: its shape, its sizes, the errors that were made. */
@NullMarked
package org.jetfold.study.file;

import org.jspecify.annotations.NullMarked;
