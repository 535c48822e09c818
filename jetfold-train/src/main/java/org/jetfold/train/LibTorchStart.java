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
      UnpackedLibTorch unpacked = UnpackedLibTorch.here();
      unpacked.removeLeftovers();
      unpacked.requireWhole();
      Engine.getEngine("PyTorch");
      JniUtils.setNumThreads(1);
    } catch (EngineException | LinkageError | IllegalStateException e) {
      throw new LibTorchException(
          "libtorch cannot be loaded (%s): check that the home folder, where it is unpacked to .djl.ai, has space left, and that the address space (ulimit -v) suffices"
              .formatted(rootMessage(e)),
          e);
    }
  }

  /** What the innermost cause says: those around it only say that something failed. */
  private static String rootMessage(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? String.valueOf(failure.getMessage()) : rootMessage(cause);
  }

  private static void set(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
