package org.jetfold.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/**
 * A model with one input and one wanted output in ONNX Runtime, as fast as it goes on one thread:
 * all optimizations, and tensors over memory that is there before and used again, so that nothing
 * is copied but what goes in. Not thread-safe.
 */
final class OnnxRuntimeModel implements AutoCloseable {
  private final OrtSession session;
  private final FloatBuffer input;
  private final FloatBuffer output;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs;

  /**
   * Starts a session.
   *
   * @param rows how many rows each run has
   * @param columns of the input
   * @param results columns of the output
   */
  OnnxRuntimeModel(byte[] onnx, int rows, String from, int columns, String to, int results)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setMemoryPatternOptimization(true);
      options.setCPUArenaAllocator(true);
      session = environment.createSession(onnx, options);
    }
    input = floats(rows * columns);
    output = floats(rows * results);
    inputs = Map.of(from, OnnxTensor.createTensor(environment, input, new long[] {rows, columns}));
    outputs = Map.of(to, OnnxTensor.createTensor(environment, output, new long[] {rows, results}));
  }

  private static FloatBuffer floats(int count) {
    return ByteBuffer.allocateDirect(count * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /**
   * Runs the model.
   *
   * @param rows all values of the input, row after row
   * @return those of the output; the next run overwrites them
   */
  FloatBuffer run(float[] rows) throws OrtException {
    input.put(0, rows);
    session.run(inputs, Set.of(), outputs).close();
    return output;
  }

  @Override
  public void close() throws OrtException {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
    session.close();
  }
}
