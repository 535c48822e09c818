package org.jetfold.spark.file;

import java.io.Serializable;

/**
 * A file that is read.
 *
 * @param path its whole name, with its file system's
 * @param size in bytes
 */
public record InputFile(String path, long size) implements Serializable {}
