package org.jetfold.tables.format;

import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a table is read from: a regular file, or a stream that can be read once.
 *
 * @param name what messages call it
 * @param file the file; of a stream, a path that must not be opened
 * @param tree the table in the file, where the format may hold several and the user named one
 * @param stream the stream; null for a file
 */
public record TableInput(
    String name, Path file, @Nullable String tree, @Nullable InputStream stream) {}
