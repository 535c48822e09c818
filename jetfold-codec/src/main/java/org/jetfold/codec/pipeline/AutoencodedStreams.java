package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.autoencoder.InputRows;
import org.jetfold.codec.autoencoder.JetNetworks;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.FileHeader.LatentCoding;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Codes the columns of a segment that an autoencoder restores: latents, and, where a setting binds,
 * what the network gets wrong. Not thread-safe; its workers are.
 */
final class AutoencodedStreams implements ModelledSegments {
  private final FileHeader header;
  private final AutoencoderBinding binding;
  private final List<ColumnPath> paths;
  private final List<Precision> first;
  private final Workers workers;
  private final boolean verifying;
  private final JetNetworks networks;
  private final Quantizer latentQuantizer;
  private final List<AutoencodedColumn> coded = new ArrayList<>();

  /**
   * An encoder of these columns.
   *
   * @param paths one for each column of the table
   * @param first for each column of the table, what is done to its values before the network sees
   *     them; of columns that are not measured it is not looked at
   */
  AutoencodedStreams(
      FileHeader header,
      AutoencoderBinding binding,
      List<ColumnPath> paths,
      List<Precision> first,
      Workers workers,
      boolean verifying) {
    this.header = header;
    this.binding = binding;
    this.paths = paths;
    this.first = first;
    this.workers = workers;
    this.verifying = verifying;
    networks = new JetNetworks(binding.model(), Kernels.best());
    latentQuantizer = Quantizer.of(latentCoding(header).precision(), ValueType.FLOAT32);
    for (int column : binding.columns()) {
      coded.add(
          new AutoencodedColumn(
              header.schema().columns().get(column), header.columns().get(column).precision()));
    }
  }

  private static LatentCoding latentCoding(FileHeader header) {
    LatentCoding coding = header.models().getFirst().latents();
    if (coding == null) {
      throw new IllegalStateException("a header without latents");
    }
    return coding;
  }

  @Override
  public boolean codes(int column) {
    return binding.codes(column);
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
  public void encode(Segment segment, CodedStream[] streams) {
    Block[] blocks = new Block[segment.blocks()];
    workers.forEach(blocks.length, block -> blocks[block] = block(segment, block));
    int latents = binding.model().description().latents();
    int variables = binding.columns().size();
    int firstLatent = header.firstLatentStream(0);
    int lists = header.schema().groups().size() - 1;
    workers.forEach(
        latents + variables,
        number -> {
          int v = number - latents;
          if (number < latents) {
            List<long[]> symbols = Arrays.stream(blocks).map(b -> b.latents()[number]).toList();
            streams[firstLatent + number] = SegmentStream.of(symbols, List.of(), verifying);
          } else if (binding.codes(binding.columns().get(v))) {
            streams[lists + binding.columns().get(v)] = column(blocks, v);
          }
        });
  }

  private CodedStream column(Block[] blocks, int v) {
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
    return coded.get(v).isMeasured()
        ? CodedStream.modelled(exceptions.toByteArray(), starts, statistics)
        : SegmentStream.of(residuals, statistics, verifying);
  }

  private Block block(Segment segment, int number) {
    int[] starts = segment.starts(binding.group());
    int from = starts[number];
    int count = starts[number + 1] - from;
    InputRows rows = binding.rows(segment.offsets(binding.group(), number), count);
    int variables = binding.columns().size();
    float[][] normalized = new float[variables][];
    boolean[] wanted = new boolean[variables];
    for (int v = 0; v < variables; v++) {
      normalized[v] = networks.normalized(v, inputs(segment.table(), v, from, count));
      wanted[v] = binding.codes(binding.columns().get(v));
    }
    float[][] latents = networks.encode(normalized, rows);
    long[][] latentSymbols = new long[latents.length][rows.count()];
    for (int l = 0; l < latents.length; l++) {
      latentQuantizer.quantize(latents[l], 0, rows.count(), latentSymbols[l]);
      latentQuantizer.restore(latentSymbols[l], rows.count(), latents[l], 0);
    }
    double[] @Nullable [] predicted = networks.decode(latents, normalized, wanted, rows);
    long[] @Nullable [] residuals = new long[variables][];
    byte[] @Nullable [] exceptions = new byte[variables][];
    @Nullable ColumnStatistics[] statistics = new ColumnStatistics[variables];
    for (int v = 0; v < variables; v++) {
      double[] values = predicted[v];
      if (values == null) {
        continue;
      }
      AutoencodedColumn column = coded.get(v);
      ColumnPath path = paths.get(binding.columns().get(v));
      ColumnValues originals = segment.table().values(binding.columns().get(v));
      ColumnValues restored = ColumnValues.zeros(path.column().type(), count);
      long[] symbols = column.symbols(values);
      if (column.isMeasured()) {
        ByteWriter out = new ByteWriter();
        int found = column.writeExceptions(normalized[v], originals, from, symbols, out);
        exceptions[v] = out.toByteArray();
        statistics[v] = path.measure(symbols, count, originals, from, restored, found);
      } else {
        long[] asked = path.symbols(originals, from, count);
        long[] wrong = new long[count];
        for (int i = 0; i < count; i++) {
          wrong[i] = asked[i] - symbols[i];
        }
        residuals[v] = wrong;
        statistics[v] = path.restoreAndCheck(asked, count, originals, from, restored);
      }
    }
    return new Block(latentSymbols, residuals, exceptions, statistics);
  }

  /** The values that the network is given: as they will be, or could be, restored. */
  private double[] inputs(Table table, int v, int from, int count) {
    int column = binding.columns().get(v);
    ColumnValues values = table.values(column);
    Precision setting =
        coded.get(v).isMeasured() ? first.get(column) : header.columns().get(column).precision();
    ValueType type = header.schema().columns().get(column).type();
    if (!setting.isLossy()) {
      return AutoencodedColumn.doubles(values, from, count);
    }
    Quantizer quantizer = Quantizer.of(setting, type);
    long[] symbols = new long[count];
    quantizer.quantize(values, from, count, symbols);
    ColumnValues restored = ColumnValues.zeros(type, count);
    quantizer.restore(symbols, count, restored, 0);
    return AutoencodedColumn.doubles(restored, 0, count);
  }
}
