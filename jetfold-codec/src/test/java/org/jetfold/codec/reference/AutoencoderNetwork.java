package org.jetfold.codec.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/** An autoencoder and its decoder, one row at a time: sections 13.1 and 13.3. */
final class AutoencoderNetwork {
  private static final byte[] MAGIC = HexFormat.of().parseHex("8A4A45544D0D0A1A");
  private static final float[] NUMERATOR = {
    -1.2598799e-08f, 9.2062255e-06f, 0.0029140243f, 0.12912953f, 0.99999994f
  };
  private static final float[] DENOMINATOR = {0.02373556f, 0.4624623f, 1f};

  /** A variable; {@code numbers} are those of its normalization. */
  record Variable(String name, boolean kept, int kind, double[] numbers) {
    private static final double LARGEST = 3.141592502593994;

    /** The variable that an azimuth is told relative to; −1 for none. */
    int reference() {
      return kind == 3 ? (int) numbers[2] - 1 : -1;
    }

    private double middle() {
      return numbers[0] == 1 ? Math.PI : 0;
    }

    private static double wrap(double angle) {
      return angle - 2 * Math.PI * Math.rint(angle / (2 * Math.PI));
    }

    /** The value of an azimuth's output; {@code origin} is the middle of a turn, or a reference. */
    double azimuth(float y, double origin) {
      double turned = wrap(y * numbers[1] + (origin - middle()));
      return numbers[0] == 1
          ? Math.clamp(turned + Math.PI, 0, 2 * LARGEST)
          : Math.clamp(turned, -LARGEST, LARGEST);
    }

    /** The input of a value. */
    float normalized(double x) {
      double y;
      if (kind == 3) {
        boolean isWithin = Math.abs(x - middle()) <= Math.PI + 1e-6;
        y = isWithin ? wrap(x - middle()) / numbers[1] : Double.NaN;
      } else if (kind == 2) {
        y = line(x, 0);
      } else {
        double u = numbers[0] * x + numbers[1];
        if (kind == 1) {
          u = u > 0 ? StrictMath.log10(u) : Double.NaN;
        }
        y = (u - numbers[2]) / numbers[3];
      }
      return Double.isFinite(y) && Float.isFinite((float) y) ? (float) y : 0;
    }

    /** The value of an output. */
    double value(float y) {
      double x;
      if (kind == 3) {
        x = azimuth(y, middle());
      } else if (kind == 2) {
        x = line(y, 1);
      } else {
        double u = y * numbers[3] + numbers[2];
        if (kind == 1) {
          u = StrictMath.exp(u * 2.302585092994046);
        }
        x = (u - numbers[1]) / numbers[0];
      }
      return Double.isFinite(x) ? x : 0;
    }

    /** Knots are x, y, x, y, …; from 0 leads from x to y. */
    private double line(double value, int from) {
      int last = numbers.length / 2 - 1;
      int i = 0;
      for (int k = 0; k <= last; k++) {
        if (numbers[2 * k + from] == value) {
          return numbers[2 * k + 1 - from];
        }
        if (numbers[2 * k + from] < value && k < last) {
          i = k;
        }
      }
      double x0 = numbers[2 * i + from];
      double y0 = numbers[2 * i + 1 - from];
      double slope = (numbers[2 * i + 3 - from] - y0) / (numbers[2 * i + 2 + from] - x0);
      return y0 + (value - x0) * slope;
    }
  }

  private final int jets;
  private final boolean tanh;
  private final List<Variable> variables = new ArrayList<>();
  private final int latents;
  private final int[] widths;
  private final float[][] biases;
  private final float[][] weights;

  /** Units of the memory, and biases and weights of its gates and candidate. */
  private final int memory;

  private final float[][] memoryBiases = new float[2][];
  private final float[][] memoryWeights = new float[2][];

  /** What codes the latents; null for none. */
  private final LearnedModel prior;

  AutoencoderNetwork(byte[] file) {
    ByteCursor in = new ByteCursor(file, 0, file.length);
    byte[] magic = in.bytes(8);
    int major = in.u8();
    in.u8();
    CRC32C crc = new CRC32C();
    crc.update(file, 14, file.length - 14);
    if (!Arrays.equals(magic, MAGIC) || major != 1 || in.u32() != crc.getValue()) {
      throw in.damaged("no model");
    }
    if (in.u8() != 2) {
      throw in.damaged("another kind of model");
    }
    in.string();
    in.string();
    int unit = in.u8();
    jets = (int) in.varint(16);
    int activation = in.u8();
    int activated = in.u8();
    tanh = activation == 1;
    if (unit > 2 || jets == 0 || activation < 1 || activation > 2 || activated > 3) {
      throw in.damaged("a field is out of range");
    }
    long count = in.varint(1024);
    for (long v = 0; v < count; v++) {
      String name = in.string();
      int flags = in.u8();
      int kind = in.u8();
      if (flags > 3 || kind > 3) {
        throw in.damaged("a field is out of range");
      }
      if (kind == 3) {
        double[] azimuth = {in.u8(), in.f64(), in.varint(count)};
        if (azimuth[0] > 1 || !(azimuth[1] > 0 && azimuth[1] < Double.POSITIVE_INFINITY)) {
          throw in.damaged("a field is out of range");
        }
        variables.add(new Variable(name, (flags & 2) != 0, kind, azimuth));
        continue;
      }
      double[] numbers = new double[kind == 2 ? 2 * (int) in.varint(4096) : 4];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = in.f64();
      }
      variables.add(new Variable(name, (flags & 2) != 0, kind, numbers));
    }
    for (Variable variable : variables) {
      Variable other = variable.reference() < 0 ? null : variables.get(variable.reference());
      if (other != null
          && (variable.kept() || other.kept() || other.kind() != 3 || other.reference() >= 0)) {
        throw in.damaged("a variable is told relative to another one than an azimuth");
      }
    }
    int[] hidden = new int[(int) in.varint(32)];
    for (int l = 0; l < hidden.length; l++) {
      hidden[l] = (int) in.varint(8192);
    }
    latents = (int) in.varint((long) jets * variables.size());
    int kept = (int) variables.stream().filter(Variable::kept).count();
    memory = activated > 1 ? (int) in.varint(8192) : 0;
    if (activated > 1 && memory == 0) {
      throw in.damaged("a field is out of range");
    }
    widths = new int[hidden.length + 2];
    widths[0] = latents + jets * kept + memory;
    widths[widths.length - 1] = jets * variables.size();
    long encoder = 0;
    long before = (long) jets * variables.size() + memory;
    for (int l = 0; l < hidden.length; l++) {
      widths[hidden.length - l] = hidden[l];
      encoder += hidden[l] * (before + 1);
      before = hidden[l];
    }
    encoder += latents * (before + 1);
    for (long i = 0; i < encoder; i++) {
      in.f32();
    }
    biases = new float[hidden.length + 1][];
    weights = new float[hidden.length + 1][];
    for (int l = 0; l < biases.length; l++) {
      biases[l] = floats(in, widths[l + 1]);
      weights[l] = floats(in, widths[l + 1] * widths[l]);
    }
    for (int part = 0; memory > 0 && part < 2; part++) {
      int outputs = part == 0 ? 2 * memory : memory;
      memoryBiases[part] = floats(in, outputs);
      memoryWeights[part] = floats(in, outputs * widths[0]);
    }
    prior = in.remaining() == 0 ? null : LearnedModel.read(in.bytes(in.varint(1 << 26)));
    if (prior != null && !isOfLatents(prior)) {
      throw in.damaged("a prior that is none of the latents");
    }
    in.expectEnd();
  }

  private boolean isOfLatents(LearnedModel model) {
    boolean right = model.columns().size() == latents && model.contexts().isEmpty();
    for (LearnedModel.Column column : model.columns()) {
      right &= column.type() == 10 && column.setting().equals(model.columns().get(0).setting());
      right &= column.fields().spikes().isEmpty() && !column.fields().dithered();
    }
    return right && !(model.events() && jets > 1);
  }

  /** What codes latents of a setting; null for none. */
  LearnedModel prior(HeaderFields.Setting setting) {
    return prior != null && prior.columns().get(0).setting().equals(setting) ? prior : null;
  }

  private static float[] floats(ByteCursor in, int count) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = in.f32();
    }
    return floats;
  }

  int jets() {
    return jets;
  }

  int latents() {
    return latents;
  }

  List<Variable> variables() {
    return variables;
  }

  int memory() {
    return memory;
  }

  /** What is remembered after a row, by section 13.5: inputs end with what was before it. */
  float[] remembered(float[] inputs) {
    float[] gates = sums(inputs, memoryBiases[0], memoryWeights[0]);
    for (int i = 0; i < gates.length; i++) {
      gates[i] = tanh(gates[i] * 0.5f) * 0.5f + 0.5f;
    }
    float[] reset = inputs.clone();
    int first = inputs.length - memory;
    for (int u = 0; u < memory; u++) {
      reset[first + u] *= gates[u];
    }
    float[] next = sums(reset, memoryBiases[1], memoryWeights[1]);
    for (int u = 0; u < memory; u++) {
      float candidate = tanh(next[u]);
      next[u] = candidate + gates[memory + u] * (inputs[first + u] - candidate);
    }
    return next;
  }

  private static float[] sums(float[] x, float[] biases, float[] weights) {
    float[] sums = new float[biases.length];
    for (int o = 0; o < sums.length; o++) {
      sums[o] = biases[o];
      for (int i = 0; i < x.length; i++) {
        sums[o] = Math.fma(weights[o * x.length + i], x[i], sums[o]);
      }
    }
    return sums;
  }

  /** The outputs of inputs. */
  float[] decode(float[] inputs) {
    float[] x = inputs;
    for (int l = 0; l < weights.length; l++) {
      float[] next = sums(x, biases[l], weights[l]);
      for (int o = 0; o < next.length; o++) {
        float y = next[o];
        next[o] = l + 1 == weights.length ? y : tanh ? tanh(y) : y > 0 ? y : y * 0.01f;
      }
      x = next;
    }
    return x;
  }

  private static float tanh(float y) {
    float x = y > -9 ? Math.min(y, 9) : -9;
    float z = x * x;
    float p = 1.7797326e-11f;
    for (float q : NUMERATOR) {
      p = Math.fma(p, z, q);
    }
    float d = 0.00022717057f;
    for (float q : DENOMINATOR) {
      d = Math.fma(d, z, q);
    }
    return Math.max(-1, Math.min(1, x * p / d));
  }
}
