/**
 * Apache Arrow's IPC streams and files: messages with metadata in FlatBuffers, and buffers of
 * numbers behind them.
 */
@NullMarked
package org.jetfold.tables.arrow;

import org.jspecify.annotations.NullMarked;
