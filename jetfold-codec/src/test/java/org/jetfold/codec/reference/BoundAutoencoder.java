package org.jetfold.codec.reference;

import java.util.Arrays;
import java.util.List;

/** An autoencoder and the columns that it restores, sections 13.1, 13.2 and 13.4. */
record BoundAutoencoder(AutoencoderNetwork network, int number, int group, int[] columns) {
  /** Finds the columns of model number {@code number} of a file. */
  static BoundAutoencoder bind(AutoencoderNetwork network, int number, HeaderFields header) {
    int most = -1;
    BoundAutoencoder best = null;
    for (int group = 0; group < header.groups().size(); group++) {
      int[] columns = new int[network.variables().size()];
      Arrays.fill(columns, -1);
      int found = 0;
      for (int column = 0; column < header.columns().size(); column++) {
        for (int v = 0; v < columns.length; v++) {
          HeaderFields.Column candidate = header.columns().get(column);
          if (candidate.group() == group
              && candidate.name().equals(network.variables().get(v).name())) {
            columns[v] = column;
            found++;
          }
        }
      }
      if (found > most) {
        most = found;
        best = new BoundAutoencoder(network, number, group, columns);
      }
    }
    if (best == null || most != best.columns.length || !best.isRight(header)) {
      throw FileError.damaged(0, "a model's columns are not those of the file");
    }
    return best;
  }

  private boolean isRight(HeaderFields header) {
    long coded = header.columns().stream().filter(c -> c.coding() == number + 1).count();
    long here = 0;
    boolean right = network.latents() == header.models().get(number).latents();
    for (int v = 0; v < columns.length; v++) {
      HeaderFields.Column column = header.columns().get(columns[v]);
      boolean mine = column.coding() == number + 1;
      here += mine ? 1 : 0;
      right &= column.isFloat() && (mine || column.coding() == 0);
      right &= !(mine && network.variables().get(v).kept());
    }
    return right && coded == here && !((network.jets() > 1 || network.memory() > 0) && group == 0);
  }

  /**
   * Decodes what the model restores in a block.
   *
   * @param symbols of the block's streams; those of the model's columns are added
   * @param values of the columns that no model codes
   */
  void decode(
      ByteCursor[] streams,
      long[][] symbols,
      long[][] values,
      SegmentFields segment,
      HeaderFields header,
      int[] phases) {
    int jets = phases.length;
    List<Leaves> leaves = segment.leaves();
    int lists = header.groups().size() - 1;
    int[] starts = starts(symbols, jets);
    int rows = starts.length - 1;
    int first = header.firstLatent(number);
    HeaderFields.Setting coding = header.models().get(number).coding();
    Ranks latentRanks =
        Ranks.of(
            new HeaderFields.Column(0, "latent", 10, 0, "", coding.precision(), coding.value(), 0));
    float[][] latents = new float[network.latents()][rows];
    LearnedModel prior = network.prior(coding);
    boolean hasPrior =
        prior != null && !(prior.events() && group == 0) && leaves.get(first).count() == 0;
    long[][] ofPrior =
        hasPrior
            ? ofPrior(
                prior, Arrays.copyOfRange(streams, first, first + latents.length), symbols, rows)
            : null;
    for (int l = 0; l < latents.length; l++) {
      long[] read =
          hasPrior
              ? ofPrior[l]
              : SymbolStream.decode(streams[first + l], leaves.get(first + l), rows, null);
      for (int row = 0; row < rows; row++) {
        if (!latentRanks.defines(read[row])) {
          throw FileError.damaged(0, "a latent that no float is");
        }
        float latent = Float.intBitsToFloat((int) latentRanks.bits(read[row], 0));
        latents[l][row] = Float.isFinite(latent) ? latent : 0;
      }
    }
    double[][] restored = new double[columns.length][jets];
    boolean[] leading = leading(symbols, jets);
    float[] memory = new float[network.memory()];
    for (int row = 0; row < rows; row++) {
      if (leading[starts[row]]) {
        memory = new float[network.memory()];
      }
      memory = restore(row, starts, latents, memory, values, header, restored);
    }
    for (int v = 0; v < columns.length; v++) {
      HeaderFields.Column column = header.columns().get(columns[v]);
      if (column.coding() == number + 1) {
        int stream = lists + columns[v];
        SegmentValues meaning = segment.values().get(columns[v]);
        symbols[stream] =
            column(streams[stream], leaves.get(stream), column, meaning, restored[v], phases);
      }
    }
  }

  private long[][] ofPrior(LearnedModel prior, ByteCursor[] in, long[][] symbols, int rows) {
    long[] counts = group == 0 ? new long[0] : symbols[group - 1];
    if (prior.events()) {
      long sum = 0;
      for (long count : counts) {
        if (count < 0 || count > rows - sum) {
          throw FileError.damaged(0, "a list count is out of range");
        }
        sum += count;
      }
      if (sum != rows) {
        throw FileError.damaged(0, "list counts do not add up");
      }
    }
    return LearnedStreams.decode(
        prior, in, new long[in.length][], new int[0][], counts, rows, new int[rows]);
  }

  /** For each jet whether it is the first of an event; not needed without a memory. */
  private boolean[] leading(long[][] symbols, int jets) {
    boolean[] leading = new boolean[jets + 1];
    long jet = 0;
    if (network.memory() > 0) {
      for (long count : symbols[group - 1]) {
        if (count < 0 || jet + count > jets) {
          throw FileError.damaged(0, "a list count is out of range");
        }
        leading[(int) jet] = true;
        jet += count;
      }
    }
    return leading;
  }

  private int[] starts(long[][] symbols, int jets) {
    int k = network.jets();
    if (k == 1) {
      int[] each = new int[jets + 1];
      Arrays.setAll(each, i -> i);
      return each;
    }
    int[] starts = new int[jets + 1];
    int row = 0;
    int event = 0;
    for (long count : symbols[group - 1]) {
      if (count < 0 || event + count > jets) {
        throw FileError.damaged(0, "a list count is out of range");
      }
      for (int jet = 0; jet < count; jet += k) {
        starts[row++] = event + jet;
      }
      event += (int) count;
    }
    starts[row] = jets;
    return Arrays.copyOf(starts, row + 1);
  }

  private float[] restore(
      int row,
      int[] starts,
      float[][] latents,
      float[] memory,
      long[][] values,
      HeaderFields header,
      double[][] restored) {
    List<AutoencoderNetwork.Variable> variables = network.variables();
    int kept = (int) variables.stream().filter(AutoencoderNetwork.Variable::kept).count();
    float[] inputs = new float[latents.length + network.jets() * kept + memory.length];
    int at = 0;
    for (float[] latent : latents) {
      inputs[at++] = latent[row];
    }
    int size = starts[row + 1] - starts[row];
    for (int jet = 0; jet < network.jets(); jet++) {
      for (int v = 0; v < columns.length; v++) {
        if (variables.get(v).kept()) {
          HeaderFields.Column column = header.columns().get(columns[v]);
          if (jet < size) {
            long bits = values[columns[v]][starts[row] + jet];
            double x =
                column.type() == 10
                    ? Float.intBitsToFloat((int) bits)
                    : Double.longBitsToDouble(bits);
            inputs[at] = variables.get(v).normalized(x);
          }
          at++;
        }
      }
    }
    System.arraycopy(memory, 0, inputs, inputs.length - memory.length, memory.length);
    float[] outputs = network.decode(inputs);
    for (int jet = 0; jet < size; jet++) {
      for (int v = 0; v < columns.length; v++) {
        float y = outputs[jet * columns.length + v];
        int reference = variables.get(v).reference();
        restored[v][starts[row] + jet] =
            reference < 0
                ? variables.get(v).value(y)
                : variables
                    .get(v)
                    .azimuth(
                        y,
                        variables.get(reference).value(outputs[jet * columns.length + reference]));
      }
    }
    return memory.length == 0 ? memory : network.remembered(inputs);
  }

  private static long[] column(
      ByteCursor in,
      Leaves leaves,
      HeaderFields.Column column,
      SegmentValues meaning,
      double[] restored,
      int[] phases) {
    long[] symbols = new long[restored.length];
    for (int i = 0; i < symbols.length; i++) {
      double x = (column.flags() & 1) != 0 ? Math.rint(restored[i]) : restored[i];
      float rounded = Math.clamp((float) x, -Float.MAX_VALUE, Float.MAX_VALUE);
      symbols[i] =
          meaning.symbol(
              column.type() == 10
                  ? Integer.toUnsignedLong(Float.floatToRawIntBits(rounded))
                  : Double.doubleToRawLongBits(x),
              phases[i]);
    }
    if (column.precision() != HeaderFields.MEASURED) {
      long[] residuals = SymbolStream.decode(in, leaves, symbols.length, null);
      for (int i = 0; i < symbols.length; i++) {
        symbols[i] += residuals[i];
      }
    } else if (in.remaining() > 0) {
      readExceptions(in, symbols);
    }
    return symbols;
  }

  private static void readExceptions(ByteCursor in, long[] symbols) {
    long count = in.varint(symbols.length);
    long next = 0;
    for (long i = 0; i < count; i++) {
      long at = next + in.varint(symbols.length);
      if (at >= symbols.length) {
        throw in.damaged("an exception behind the values");
      }
      symbols[(int) at] = in.zigzag();
      next = at + 1;
    }
    if (count == 0) {
      throw in.damaged("no exceptions");
    }
    in.expectEnd();
  }
}
