/**
 * A kind of model that the codec does not know, in a package of its own: it uses what {@code
 * pipeline} shows and nothing else, as any new kind could.
 */
package org.jetfold.codec.toy;
