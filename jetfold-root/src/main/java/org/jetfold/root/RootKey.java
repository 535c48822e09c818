package org.jetfold.root;

/**
 * An object in a file, as its directory lists it.
 *
 * @param path the name, behind the names of its directories: {@code directory/name}
 * @param cycle the number that tells objects of one name apart; the highest is the newest
 * @param className the C++ class
 * @param title the title that the writer gave it
 * @param bytes what it takes in the file, compressed, with its key
 */
public record RootKey(String path, int cycle, String className, String title, long bytes) {}
