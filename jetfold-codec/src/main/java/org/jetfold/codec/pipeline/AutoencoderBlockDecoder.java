package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jetfold.codec.autoencoder.InputRows;
import org.jetfold.codec.autoencoder.JetNetworks;
import org.jetfold.codec.autoencoder.LatentPrior;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.InvalidSymbolException;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/** Decodes the columns of blocks that an autoencoder restores. */
final class AutoencoderBlockDecoder implements BlockDecoder {
  private final AutoencoderCoder coder;
  private final FileHeader header;
  private final int firstLatent;
  private final Quantizer latentQuantizer;
  private final JetNetworks networks;
  private final List<AutoencoderColumn> variables = new ArrayList<>();
  private final boolean[] wanted;

  /** Decodes latents; null where only distributions of their own can. */
  private final @Nullable PriorCoder prior;

  /** A decoder of columns; of {@code columns}, those that the model does not code are ignored. */
  AutoencoderBlockDecoder(AutoencoderCoder coder, FileHeader header, List<Integer> columns) {
    this.coder = coder;
    this.header = header;
    firstLatent = header.firstLatentStream(coder.number());
    latentQuantizer = Quantizer.of(coder.latents().precision(), ValueType.FLOAT32);
    networks = new JetNetworks(coder.model(), Kernels.best());
    wanted = coder.restoredOf(columns);
    LatentPrior ofModel = coder.prior();
    prior = ofModel == null ? null : new PriorCoder(ofModel);
    for (int column : coder.seenColumns()) {
      Column described = header.schema().columns().get(column);
      Precision precision = header.columns().get(column).precision();
      variables.add(new AutoencoderColumn(described, precision));
    }
  }

  @Override
  public List<Integer> needed() {
    return coder.givenToDecoder();
  }

  @Override
  public List<Integer> streams() {
    return IntStream.range(firstLatent, firstLatent + coder.latents().count()).boxed().toList();
  }

  @Override
  public void decode(BlockStreams block, DecodedSymbols symbols) throws IOException {
    int count = block.entries(coder.group());
    InputRows rows = coder.rows(block.offsets(coder.group()), count);
    try {
      double[] @Nullable [] predicted =
          networks.decode(latents(block, rows), given(block, symbols, count), wanted, rows);
      for (int v = 0; v < wanted.length; v++) {
        double[] values = predicted[v];
        if (values != null) {
          symbols.put(coder.seenColumns().get(v), column(block, v, values));
        }
      }
    } catch (MalformedBytesException e) {
      throw BlockStreams.damaged(e);
    } catch (InvalidSymbolException e) {
      throw new DamagedFileException(block.offset(), "what a model needs: " + e.getMessage());
    }
  }

  private float[][] latents(BlockStreams block, InputRows rows) throws IOException {
    float[][] latents = new float[coder.latents().count()][rows.count()];
    long[][] symbols = latentSymbols(block, latents.length, rows.count());
    for (int l = 0; l < latents.length; l++) {
      latentQuantizer.restore(symbols[l], rows.count(), latents[l], 0);
    }
    return latents;
  }

  private long[][] latentSymbols(BlockStreams block, int latents, int rows) throws IOException {
    if (prior != null && !block.hasDistribution(firstLatent)) {
      ByteReader[] in = new ByteReader[latents];
      for (int l = 0; l < latents; l++) {
        in[l] = block.bytes(firstLatent + l);
      }
      return prior.decode(in, block.offsets(coder.group()), rows);
    }
    long[][] symbols = new long[latents][rows];
    for (int l = 0; l < latents; l++) {
      block.decode(firstLatent + l, rows, symbols[l]);
    }
    return symbols;
  }

  private float[] @Nullable [] given(BlockStreams block, DecodedSymbols symbols, int count)
      throws DamagedFileException {
    float[] @Nullable [] normalized = new float[wanted.length][];
    double[] @Nullable [] given = new double[wanted.length][];
    for (int v : coder.model().description().kept()) {
      int column = coder.seenColumns().get(v);
      ValueType type = header.schema().columns().get(column).type();
      ColumnValues values = ColumnValues.zeros(type, count);
      long[] ofColumn = symbols.longs(column);
      block.restore(column, ofColumn, count, values);
      given[v] = AutoencoderColumn.doubles(values, 0, count);
      normalized[v] = networks.normalized(v, given);
    }
    return normalized;
  }

  private long[] column(BlockStreams block, int v, double[] predicted) throws IOException {
    int column = coder.seenColumns().get(v);
    if (variables.get(v).isMeasured()) {
      long[] symbols = variables.get(v).symbols(predicted);
      variables.get(v).readExceptions(block.bytesOfColumn(column), symbols);
      return symbols;
    }
    long[] symbols = new long[predicted.length];
    block.quantize(column, variables.get(v).values(predicted), symbols);
    long[] residuals = new long[symbols.length];
    block.decodeColumn(column, residuals);
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] += residuals[i];
    }
    return symbols;
  }
}
