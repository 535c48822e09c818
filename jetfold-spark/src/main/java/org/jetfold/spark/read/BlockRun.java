package org.jetfold.spark.read;

import java.io.Serializable;
import org.jetfold.spark.file.InputFile;

/**
 * Consecutive blocks of a file.
 *
 * @param file the file
 * @param first the number of the first event in them
 * @param end the number of the event behind them
 * @param rows how many rows they have
 * @param bytes how many bytes of the file they take
 */
record BlockRun(InputFile file, long first, long end, long rows, long bytes)
    implements Serializable {}
