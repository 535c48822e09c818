package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.BlockHead;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.container.ContainerReader.SectionHead;
import org.jetfold.codec.density.DensityDecoder;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.network.Kernels;

/**
 * Decodes the columns of blocks that a learned model knows: those that are wanted, and those that
 * stand before them in the model's order. Safe for use by several threads.
 */
final class ModelledColumns {
  private final ContainerReader container;
  private final ModelBinding binding;
  private final DensityDecoder decoder;
  private final int needed;

  /**
   * A decoder of columns.
   *
   * @param wanted numbers of columns in the file; those that the model does not code do not matter
   */
  ModelledColumns(ContainerReader container, ModelBinding binding, List<Integer> wanted) {
    this.container = container;
    this.binding = binding;
    decoder = new DensityDecoder(binding.model(), Kernels.best());
    int last = 0;
    for (int column : wanted) {
      last = Math.max(last, binding.modelColumn(column).orElse(0));
    }
    needed = last + 1;
  }

  /** The group that the columns are in. */
  int group() {
    return binding.group();
  }

  /**
   * Decodes columns of a block.
   *
   * @param offsets where the lists of the parent's entries start; empty for columns of the root
   * @param symbols receives each column's symbols, by its number in the file
   */
  void decode(SectionHead.Block block, int[] offsets, Map<Integer, long[]> symbols)
      throws IOException {
    ByteReader[] in = new ByteReader[needed];
    for (int j = 0; j < needed; j++) {
      int stream = BlockHead.streamOfColumn(container.header().schema(), binding.columns().get(j));
      in[j] = container.readStream(block, stream);
    }
    int rows = block.head().entries()[binding.group()];
    try {
      long[][] decoded = decoder.decode(in, binding.order(offsets, rows));
      for (int j = 0; j < needed; j++) {
        symbols.put(binding.columns().get(j), decoded[j]);
      }
    } catch (MalformedBytesException e) {
      throw new DamagedFileException(e.offset(), String.valueOf(e.getMessage()));
    }
  }
}
