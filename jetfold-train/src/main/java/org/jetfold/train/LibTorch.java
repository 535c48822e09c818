package org.jetfold.train;

/** The library that training runs on. Its methods may be called by any thread. */
public final class LibTorch {
  /** Present where libtorch's Java side is. */
  private static final String ENGINE = "ai.djl.pytorch.engine.PtEngine";

  private LibTorch() {}

  /** Whether it is part of this distribution. */
  public static boolean isPresent() {
    try {
      Class.forName(ENGINE, /* initialize= */ false, LibTorch.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /**
   * Loads the library, if it is not yet, to work on the thread that calls it: a training brings
   * threads of its own. Nothing is fetched from a network and nobody is told.
   *
   * @throws UntrainableTableException never for a table's sake, but where the library is missing or
   *     cannot be loaded
   */
  public static void start() throws UntrainableTableException {
    if (!isPresent()) {
      throw new UntrainableTableException(
          "training needs libtorch, which this distribution leaves out: use the full one");
    }
    LibTorchStart.load();
  }
}
