/**
 * From symbols to bytes and back: distributions of a column's symbols, how they are stored, and the
 * coders that use them: tANS for distributions that many values share, rANS for those of one value.
 *
 * <p>Symbols are signed 64-bit integers. Nothing here knows what they mean, and nothing here loses
 * information. Start at {@link org.jetfold.codec.entropy.Distribution}.
 */
@NullMarked
package org.jetfold.codec.entropy;

import org.jspecify.annotations.NullMarked;
