package org.jetfold.tables;

import java.util.function.Consumer;

/**
 * How to write a table.
 *
 * @param overwrite whether a file of that name is replaced
 * @param warnings takes lines for the user about what the format cannot hold; called while the sink
 *     is opened, written or finished, on that thread
 */
public record SinkOptions(boolean overwrite, Consumer<String> warnings) {}
