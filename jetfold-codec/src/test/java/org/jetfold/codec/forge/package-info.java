/**
 * Writes files field by field, as docs/format.md describes them, without the codec's code: also
 * those that the codec would never write, and wrong ones whose checksums are right.
 */
package org.jetfold.codec.forge;
