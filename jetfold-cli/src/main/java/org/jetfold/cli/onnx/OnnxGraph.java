package org.jetfold.cli.onnx;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** A graph of ONNX operators (opset 17) that grows node by node. Not thread-safe. */
final class OnnxGraph {
  static final int FLOAT = 1;
  static final int DOUBLE = 11;
  private static final int LONG = 7;
  private static final int BOOL = 9;
  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;
  private static final int ATTRIBUTE_FLOAT = 1;
  private static final int ATTRIBUTE_INT = 2;

  private final Message graph = new Message();
  private int names;
  private @Nullable String next;

  /** Adds an input or output with so many columns, and any number of rows. */
  void value(boolean input, String name, int columns) {
    Message shape =
        new Message()
            .message(1, new Message().text(2, "jets"))
            .message(1, new Message().number(1, columns));
    Message tensor = new Message().number(1, FLOAT).message(2, shape);
    graph.message(
        input ? 11 : 12, new Message().text(1, name).message(2, new Message().message(1, tensor)));
  }

  /** Adds a constant row and returns its name. */
  String constant(double[] values) {
    return constant(DOUBLE, buffer(values), 1, values.length);
  }

  /** Adds a constant row of integers and returns its name. */
  String constant(long[] values) {
    ByteBuffer raw = buffer(values.length * Long.BYTES);
    raw.asLongBuffer().put(values);
    return constant(LONG, raw, 1, values.length);
  }

  /** Adds a constant with one dimension and returns its name. */
  String table(double[] values) {
    return constant(DOUBLE, buffer(values), values.length);
  }

  /** Adds a constant with one dimension, of integers, and returns its name. */
  String table(long[] values) {
    ByteBuffer raw = buffer(values.length * Long.BYTES);
    raw.asLongBuffer().put(values);
    return constant(LONG, raw, values.length);
  }

  /** Adds a constant matrix and returns its name. */
  String constant(float[] values, int rows, int columns) {
    ByteBuffer raw = buffer(values.length * Float.BYTES);
    raw.asFloatBuffer().put(values);
    return constant(FLOAT, raw, rows, columns);
  }

  /** Adds a constant condition and returns its name. */
  String constant(boolean[] values) {
    ByteBuffer raw = buffer(values.length);
    for (boolean value : values) {
      raw.put((byte) (value ? 1 : 0));
    }
    return constant(BOOL, raw.rewind(), 1, values.length);
  }

  private static ByteBuffer buffer(double[] values) {
    ByteBuffer raw = buffer(values.length * Double.BYTES);
    raw.asDoubleBuffer().put(values);
    return raw;
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String constant(int type, ByteBuffer raw, int... dimensions) {
    String name = "c" + names++;
    Message tensor = new Message();
    for (int dimension : dimensions) {
      tensor.number(1, dimension);
    }
    graph.message(5, tensor.number(2, type).text(8, name).data(9, ByteString.copyFrom(raw)));
    return name;
  }

  /** Gives the output of the operator that is added next a name. */
  void nameNext(String name) {
    next = name;
  }

  private String output() {
    String name = next == null ? "t" + names++ : next;
    next = null;
    return name;
  }

  /** Adds an operator and returns the name of its output. */
  String node(String operator, String... inputs) {
    String output = output();
    add(operator, output, null, inputs);
    return output;
  }

  /** Adds an operator with an attribute that is an integer. */
  String node(String operator, String attribute, long value, String... inputs) {
    String output = output();
    add(
        operator,
        output,
        new Message().text(1, attribute).number(3, value).number(20, ATTRIBUTE_INT),
        inputs);
    return output;
  }

  /** Adds an operator with an attribute that is a float. */
  String node(String operator, String attribute, float value, String... inputs) {
    String output = output();
    add(
        operator,
        output,
        new Message().text(1, attribute).real(2, value).number(20, ATTRIBUTE_FLOAT),
        inputs);
    return output;
  }

  /** Gives a tensor the name of an output. */
  void output(String name, String tensor) {
    add("Identity", name, null, tensor);
  }

  private void add(String operator, String output, @Nullable Message attribute, String... inputs) {
    Message node = new Message();
    for (String input : inputs) {
      node.text(1, input);
    }
    node.text(2, output).text(3, output).text(4, operator);
    if (attribute != null) {
      node.message(5, attribute);
    }
    graph.message(1, node);
  }

  /** The whole model. */
  byte[] model(String name, String producer) {
    graph.text(2, name);
    return new Message()
        .number(1, IR_VERSION)
        .text(2, producer)
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, OPSET))
        .bytes()
        .toByteArray();
  }
}
