/**
 * A second, slow decoder of the format, written from docs/format.md alone. It shares no code with
 * the codec, so that both can only agree where the document says so.
 */
package org.jetfold.codec.reference;
