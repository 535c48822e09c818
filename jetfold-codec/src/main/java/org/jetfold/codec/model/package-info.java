/** Learned models of any kind, as files hold them and as a compression uses them. */
@NullMarked
package org.jetfold.codec.model;

import org.jspecify.annotations.NullMarked;
