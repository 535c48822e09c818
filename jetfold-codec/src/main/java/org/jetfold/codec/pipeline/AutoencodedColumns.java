package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jetfold.codec.autoencoder.InputRows;
import org.jetfold.codec.autoencoder.JetNetworks;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.BlockHead;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.container.ContainerReader.SectionHead;
import org.jetfold.codec.entropy.StreamBuffers;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.FileHeader.LatentCoding;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.quantize.InvalidSymbolException;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/** Decodes the columns of blocks that an autoencoder restores. Safe for use by several threads. */
final class AutoencodedColumns {
  private final ContainerReader container;
  private final AutoencoderBinding binding;
  private final int firstLatent;
  private final Quantizer latentQuantizer;
  private final JetNetworks networks;
  private final List<AutoencodedColumn> coded = new ArrayList<>();
  private final List<Quantizer> quantizers = new ArrayList<>();
  private final boolean[] wanted;

  /**
   * A decoder of columns.
   *
   * @param model the model's number in the header
   * @param columns numbers of columns in the file; those that the model does not code do not matter
   */
  AutoencodedColumns(
      ContainerReader container, AutoencoderBinding binding, int model, List<Integer> columns) {
    this.container = container;
    this.binding = binding;
    FileHeader header = container.header();
    firstLatent = header.firstLatentStream(model);
    LatentCoding coding = Objects.requireNonNull(header.models().get(model).latents());
    latentQuantizer = Quantizer.of(coding.precision(), ValueType.FLOAT32);
    networks = new JetNetworks(binding.model(), Kernels.best());
    wanted = new boolean[binding.columns().size()];
    for (int v = 0; v < wanted.length; v++) {
      int column = binding.columns().get(v);
      wanted[v] = columns.contains(column) && binding.codes(column);
      FileHeader.ColumnCoding described = header.columns().get(column);
      coded.add(
          new AutoencodedColumn(header.schema().columns().get(column), described.precision()));
      quantizers.add(
          Quantizer.of(described.precision(), header.schema().columns().get(column).type()));
    }
  }

  /** The group that the columns are in. */
  int group() {
    return binding.group();
  }

  /** Columns of the static model whose symbols {@link #decode} needs. */
  List<Integer> needed() {
    return binding.givenToDecoder();
  }

  /**
   * Decodes columns of a block.
   *
   * @param offsets where the lists of the parent's entries start; empty for columns of the root
   * @param symbols has those of the columns {@link #needed}; receives each decoded column's, by its
   *     number in the file
   */
  void decode(
      SectionHead.Block block, StaticModel model, int[] offsets, Map<Integer, long[]> symbols)
      throws IOException {
    int count = block.head().entries()[binding.group()];
    InputRows rows = binding.rows(offsets, count);
    try {
      double[] @Nullable [] predicted =
          networks.decode(latents(block, model, rows), given(symbols, count), wanted, rows);
      for (int v = 0; v < wanted.length; v++) {
        double[] values = predicted[v];
        if (values != null) {
          symbols.put(binding.columns().get(v), column(block, model, v, values));
        }
      }
    } catch (MalformedBytesException e) {
      throw new DamagedFileException(e.offset(), String.valueOf(e.getMessage()));
    } catch (InvalidSymbolException e) {
      throw new DamagedFileException(
          block.streamsOffset(), "what a model needs: " + e.getMessage());
    }
  }

  private float[][] latents(SectionHead.Block block, StaticModel model, InputRows rows)
      throws IOException {
    float[][] latents = new float[binding.model().description().latents()][rows.count()];
    long[] symbols = new long[rows.count()];
    StreamBuffers buffers = new StreamBuffers();
    for (int l = 0; l < latents.length; l++) {
      ByteReader in = container.readStream(block, firstLatent + l);
      model.decoder(firstLatent + l).decode(in, symbols, rows.count(), null, buffers);
      latentQuantizer.restore(symbols, rows.count(), latents[l], 0);
    }
    return latents;
  }

  private float[] @Nullable [] given(Map<Integer, long[]> symbols, int count) {
    float[] @Nullable [] normalized = new float[wanted.length][];
    for (int v : binding.model().description().kept()) {
      int column = binding.columns().get(v);
      ValueType type = container.header().schema().columns().get(column).type();
      ColumnValues values = ColumnValues.zeros(type, count);
      long[] ofColumn = Objects.requireNonNull(symbols.get(column));
      quantizers.get(v).restore(ofColumn, count, values, 0);
      normalized[v] = networks.normalized(v, AutoencodedColumn.doubles(values, 0, count));
    }
    return normalized;
  }

  private long[] column(SectionHead.Block block, StaticModel model, int v, double[] predicted)
      throws IOException {
    int column = binding.columns().get(v);
    int stream = BlockHead.streamOfColumn(container.header().schema(), column);
    ByteReader in = container.readStream(block, stream);
    long[] symbols = coded.get(v).symbols(predicted);
    if (coded.get(v).isMeasured()) {
      coded.get(v).readExceptions(in, symbols);
      return symbols;
    }
    long[] residuals = new long[symbols.length];
    model.decoder(stream).decode(in, residuals, residuals.length, null, new StreamBuffers());
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] += residuals[i];
    }
    return symbols;
  }
}
