package org.jetfold.train;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;

/** Starts libtorch. */
final class LibTorch {
  private LibTorch() {}

  /**
   * Loads the library, if it is not yet, to work on the thread that calls it ({@link Shards} says
   * why). Nothing is fetched from a network and nobody is told.
   *
   * @throws UntrainableTableException never for a table's sake, but where the library cannot be
   *     loaded
   */
  static void start() throws UntrainableTableException {
    set("ai.djl.offline", "true");
    set("OPT_OUT_TRACKING", "true");
    try {
      Engine.getEngine("PyTorch");
      JniUtils.setNumThreads(1);
    } catch (EngineException | LinkageError | IllegalStateException e) {
      throw new UntrainableTableException(
          "libtorch cannot be loaded (%s): is there room in the home folder, where it is unpacked"
                  .formatted(e.getMessage())
              + " to .djl.ai?");
    }
  }

  private static void set(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
