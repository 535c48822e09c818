package org.jetfold.root.ntuple;

/**
 * A range of bytes in the file.
 *
 * @param offset where it begins; −1 where the locator is not of this file
 * @param bytes its size
 */
record Locator(long offset, long bytes) {}
