package org.jetfold.train;

/** The library that training runs on. Thread-safe. */
public final class LibTorch {
  /** A class of libtorch's Java side. */
  private static final String ENGINE = "ai.djl.pytorch.engine.PtEngine";

  private LibTorch() {}

  /** Whether it is on the module path or class path. */
  public static boolean isPresent() {
    try {
      Class.forName(ENGINE, /* initialize= */ false, LibTorch.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /**
   * Loads the library, unless it is loaded already, with one thread: trainings have threads of
   * their own. Nothing is downloaded or reported over a network.
   *
   * @throws UntrainableTableException where the library is missing or cannot be loaded
   */
  public static void start() throws UntrainableTableException {
    if (!isPresent()) {
      throw new UntrainableTableException(
          "training needs libtorch, which this distribution leaves out: use the full one");
    }
    LibTorchStart.load();
  }
}
