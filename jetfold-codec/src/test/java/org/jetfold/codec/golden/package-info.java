/**
 * Files that are kept: good ones that every later version must read, bad ones that it must refuse.
 * {@link org.jetfold.codec.golden.GoldenFiles} says how they are made.
 */
package org.jetfold.codec.golden;
