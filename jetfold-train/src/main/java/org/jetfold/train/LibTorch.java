package org.jetfold.train;

/** The library that training runs on. Thread-safe. */
public final class LibTorch {
  /** A class of libtorch's Java side. */
  private static final String ENGINE = "ai.djl.pytorch.engine.PtEngine";

  private LibTorch() {}

  /**
   * Checks that the library is there, without loading it.
   *
   * @throws LibTorchException where it is not
   */
  public static void requirePresent() {
    try {
      Class.forName(ENGINE, /* initialize= */ false, LibTorch.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new LibTorchException(
          "training needs libtorch, which this distribution does not have: use the full one", e);
    }
  }

  /**
   * Loads the library, unless it is loaded already, with one thread: trainings have threads of
   * their own. Nothing is downloaded or reported over a network.
   *
   * @throws LibTorchException where the library is missing or cannot be loaded
   */
  public static void start() {
    requirePresent();
    LibTorchStart.load();
  }
}
