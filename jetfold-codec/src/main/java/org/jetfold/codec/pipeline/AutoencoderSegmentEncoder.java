package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.autoencoder.InputRows;
import org.jetfold.codec.autoencoder.JetNetworks;
import org.jetfold.codec.autoencoder.LatentPrior;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Codes the columns of a segment that an autoencoder restores: latents, and within bounds what the
 * network gets wrong.
 */
final class AutoencoderSegmentEncoder implements SegmentEncoder {
  private final AutoencoderCoder coder;
  private final AutoencoderCoder.Inputs inputs;
  private final EncodingContext context;
  private final JetNetworks networks;
  private final Quantizer latentQuantizer;
  private final List<AutoencoderColumn> variables = new ArrayList<>();
  private final boolean[] coded;
  private final EnergyUnitCheck unit;

  /** Codes latents; null where only distributions of their own can. */
  private final @Nullable PriorCoder prior;

  AutoencoderSegmentEncoder(
      AutoencoderCoder coder, AutoencoderCoder.Inputs inputs, EncodingContext context) {
    this.coder = coder;
    this.inputs = inputs;
    this.context = context;
    networks = new JetNetworks(coder.model(), Kernels.best());
    latentQuantizer = Quantizer.of(coder.latents().precision(), ValueType.FLOAT32);
    FileHeader header = context.header();
    for (int column : coder.seenColumns()) {
      variables.add(
          new AutoencoderColumn(
              header.schema().columns().get(column), header.columns().get(column).precision()));
    }
    coded = coder.restoredOf(coder.columns());
    unit = EnergyUnitCheck.of(header.schema(), coder, inputs.unit());
    LatentPrior ofModel = coder.prior();
    prior = ofModel == null ? null : new PriorCoder(ofModel);
  }

  /**
   * A block on its way.
   *
   * @param latents symbols of each latent
   * @param residuals for each variable, the symbols less those that the network says; null where
   *     there are none
   * @param exceptions for each variable, its exceptions; null where there can be none
   */
  private record Block(
      long[][] latents,
      long[] @Nullable [] residuals,
      byte[] @Nullable [] exceptions,
      @Nullable ColumnStatistics[] statistics) {}

  @Override
  public void encode(Segment segment, SegmentCodecs codecs, CodedStream[] streams) {
    unit.see(segment.table());
    Block[] blocks = new Block[segment.blocks()];
    Workers workers = context.workers();
    workers.forEach(blocks.length, block -> blocks[block] = block(segment, codecs, block));
    int latents = coder.latents().count();
    int firstLatent = context.header().firstLatentStream(coder.number());
    workers.forEach(
        latents + coded.length,
        EncodingBuffers::new,
        (buffers, number) -> {
          int v = number - latents;
          if (number < latents) {
            List<long[]> symbols = Arrays.stream(blocks).map(b -> b.latents()[number]).toList();
            streams[firstLatent + number] =
                CodedStream.of(symbols, context.verifying(), buffers, List.of());
          } else if (coded[v]) {
            streams[context.lists() + coder.seenColumns().get(v)] = column(blocks, v, buffers);
          }
        });
    if (prior != null) {
      usePrior(prior, segment, blocks, streams);
    }
  }

  /** Leaves the latents to the prior where it takes fewer bytes: of other data it knows little. */
  private void usePrior(PriorCoder coding, Segment segment, Block[] blocks, CodedStream[] streams) {
    ByteWriter[][] bytes = new ByteWriter[blocks.length][];
    context
        .workers()
        .forEach(
            blocks.length,
            block ->
                bytes[block] =
                    coding.encode(
                        blocks[block].latents(),
                        segment.offsets(coder.group(), block),
                        context.verifying()));
    List<CodedStream> ofPrior = PriorCoder.streams(List.of(bytes));
    int firstLatent = context.header().firstLatentStream(coder.number());
    long saved = 0;
    for (int latent = 0; latent < ofPrior.size(); latent++) {
      saved +=
          DensityFallback.bytes(streams[firstLatent + latent])
              - DensityFallback.bytes(ofPrior.get(latent));
    }
    for (int latent = 0; saved > 0 && latent < ofPrior.size(); latent++) {
      streams[firstLatent + latent] = ofPrior.get(latent);
    }
  }

  @Override
  public void finish() {
    unit.finish();
  }

  private CodedStream column(Block[] blocks, int v, EncodingBuffers buffers) {
    List<ColumnStatistics> statistics = new ArrayList<>();
    List<long[]> residuals = new ArrayList<>();
    ByteWriter exceptions = new ByteWriter();
    int[] starts = new int[blocks.length + 1];
    for (int block = 0; block < blocks.length; block++) {
      ColumnStatistics found = blocks[block].statistics()[v];
      if (found == null) {
        throw new IllegalStateException("a column without statistics");
      }
      statistics.add(found);
      long[] symbols = blocks[block].residuals()[v];
      if (symbols != null) {
        residuals.add(symbols);
      }
      byte[] bytes = blocks[block].exceptions()[v];
      if (bytes != null) {
        exceptions.raw(bytes, 0, bytes.length);
      }
      starts[block + 1] = exceptions.size();
    }
    return variables.get(v).isMeasured()
        ? CodedStream.modelled(exceptions.toByteArray(), starts, statistics)
        : CodedStream.of(residuals, context.verifying(), buffers, statistics);
  }

  private Block block(Segment segment, SegmentCodecs codecs, int number) {
    int[] starts = segment.starts(coder.group());
    int from = starts[number];
    int count = starts[number + 1] - from;
    InputRows rows = coder.rows(segment.offsets(coder.group(), number), count);
    double[] @Nullable [] inputs = new double[coded.length][];
    for (int v = 0; v < coded.length; v++) {
      inputs[v] = inputs(segment.table(), codecs, v, from, count);
    }
    float[][] normalized = new float[coded.length][];
    for (int v = 0; v < coded.length; v++) {
      normalized[v] = networks.normalized(v, inputs);
    }
    float[][] latents = networks.encode(normalized, rows, this::roundLatents);
    long[][] latentSymbols = new long[latents.length][rows.count()];
    for (int l = 0; l < latents.length; l++) {
      latentQuantizer.quantize(latents[l], 0, rows.count(), latentSymbols[l]);
      latentQuantizer.restore(latentSymbols[l], rows.count(), latents[l], 0);
    }
    double[] @Nullable [] predicted = networks.decode(latents, normalized, coded, rows);
    long[] @Nullable [] residuals = new long[coded.length][];
    byte[] @Nullable [] exceptions = new byte[coded.length][];
    @Nullable ColumnStatistics[] statistics = new ColumnStatistics[coded.length];
    for (int v = 0; v < coded.length; v++) {
      double[] values = predicted[v];
      if (values == null) {
        continue;
      }
      AutoencoderColumn column = variables.get(v);
      ColumnCodec codec = codecs.get(coder.seenColumns().get(v));
      ColumnValues originals = segment.table().values(coder.seenColumns().get(v));
      ColumnValues restored = ColumnValues.zeros(codec.column().type(), count);
      if (column.isMeasured()) {
        long[] symbols = column.symbols(values);
        ByteWriter out = new ByteWriter();
        int found = column.writeExceptions(normalized[v], originals, from, symbols, out);
        exceptions[v] = out.toByteArray();
        statistics[v] = codec.measure(symbols, count, originals, from, restored, found);
      } else {
        long[] asked = codec.symbols(originals, from, count);
        long[] wrong = new long[count];
        codec.quantizeInPlace(column.values(values), from, wrong);
        for (int i = 0; i < count; i++) {
          wrong[i] = asked[i] - wrong[i];
        }
        residuals[v] = wrong;
        statistics[v] = codec.restoreAndCheck(asked, count, originals, from, restored);
      }
    }
    return new Block(latentSymbols, residuals, exceptions, statistics);
  }

  private void roundLatents(float[] values, int count) {
    long[] symbols = new long[count];
    latentQuantizer.quantize(values, 0, count, symbols);
    latentQuantizer.restore(symbols, count, values, 0);
  }

  /** The values that the network is given: as they will be, or could be, restored. */
  private double[] inputs(Table table, SegmentCodecs codecs, int v, int from, int count) {
    int column = coder.seenColumns().get(v);
    ColumnValues values = table.values(column);
    if (!coded[v]) {
      return AutoencoderColumn.doubles(codecs.get(column).restored(values, from, count), 0, count);
    }
    Precision precision = inputs.precisions().get(column);
    if (!precision.isLossy() || precision instanceof Precision.Measured) {
      return AutoencoderColumn.doubles(values, from, count);
    }
    ValueType type = context.header().schema().columns().get(column).type();
    Quantizer quantizer = Quantizer.of(precision, type);
    long[] symbols = new long[count];
    quantizer.quantize(values, from, count, symbols);
    ColumnValues restored = ColumnValues.zeros(type, count);
    quantizer.restore(symbols, count, restored, 0);
    return AutoencoderColumn.doubles(restored, 0, count);
  }
}
