package org.jetfold.spark.read;

import java.io.Serializable;
import org.jetfold.codec.BlockSplit;
import org.jetfold.spark.file.InputFile;

/**
 * Some blocks of a file.
 *
 * @param file the file
 * @param split the blocks, with what else of the file is needed to decode them
 */
record BlockRun(InputFile file, BlockSplit split) implements Serializable {}
