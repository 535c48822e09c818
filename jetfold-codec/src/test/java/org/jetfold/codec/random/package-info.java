/** Tables and files made at random from a seed, of every shape that the format knows. */
package org.jetfold.codec.random;
