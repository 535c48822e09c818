package org.jetfold.train;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;

/** Loads libtorch. {@link LibTorch} must be usable where libtorch is missing; this class is not. */
final class LibTorchStart {
  private LibTorchStart() {}

  static void load() {
    set("ai.djl.offline", "true");
    set("OPT_OUT_TRACKING", "true");
    try {
      Engine.getEngine("PyTorch");
      JniUtils.setNumThreads(1);
    } catch (EngineException | LinkageError | IllegalStateException e) {
      throw new LibTorchException(
          "libtorch cannot be loaded (%s): check that the home folder has space left, where it is unpacked to .djl.ai"
              .formatted(e.getMessage()),
          e);
    }
  }

  private static void set(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
