package org.jetfold.codec.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Chooses the fastest kernel for this machine and JVM, once. All give the same bits, so that the
 * choice is one of speed alone.
 */
public final class Kernels {
  /**
   * {@link Math#fma} costs about a nanosecond where the processor does it, tens in the interpreter,
   * and about a microsecond in decimals.
   */
  private static final long SLOW_NANOSECONDS = 250;

  private static final int TRIALS = 5;
  private static final int OPERATIONS = 64;

  private Kernels() {}

  private static final class Best {
    static final Kernel KERNEL = choose();
  }

  /** The fastest kernel here. */
  public static Kernel best() {
    return Best.KERNEL;
  }

  /** All kernels that can run here, for tests that they agree. */
  public static List<Kernel> all() {
    List<Kernel> kernels =
        new ArrayList<>(List.of(new ScalarKernel(Fma.SOFTWARE), new ScalarKernel(Fma.HARDWARE)));
    vectorKernel().ifPresent(kernels::add);
    return kernels;
  }

  private static boolean hasVectors() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  /**
   * Warns in one line where networks run slowly because the processor has no fused multiply-add, or
   * the JVM does not use it.
   */
  public static void warnWhereSlow(Consumer<String> warning) {
    if (best() instanceof ScalarKernel && !hasFastFma()) {
      warning.accept(
          "this machine has no fused multiply-add: learned models run on exact software arithmetic,"
              + " several times slower, with the same result");
    }
  }

  private static Kernel choose() {
    if (!hasFastFma()) {
      return new ScalarKernel(Fma.SOFTWARE);
    }
    Kernel scalar = new ScalarKernel(Fma.HARDWARE);
    return compilesVectors() ? vectorKernel().orElse(scalar) : scalar;
  }

  /**
   * Without HotSpot's second compiler each operation on a vector is a call that makes objects, and
   * far slower than one on a float.
   */
  private static boolean compilesVectors() {
    String compilers = System.getProperty("java.vm.info", "");
    return !compilers.startsWith("interpreted") && !compilers.contains("emulated-client");
  }

  /** The kernel of vectors, where the module is there and is the one that this was made for. */
  private static Optional<Kernel> vectorKernel() {
    return hasVectors()
        ? KernelTrial.tried(VectorKernel::new, new ScalarKernel(Fma.HARDWARE))
        : Optional.empty();
  }

  private static final class FastFma {
    static final boolean FAST = measure();

    /** A look at a flag would need a JVM of one maker; a look at the clock does not. */
    private static boolean measure() {
      long best = Long.MAX_VALUE;
      float sum = 0.1f;
      for (int trial = 0; trial < TRIALS; trial++) {
        long start = System.nanoTime();
        for (int i = 0; i < OPERATIONS; i++) {
          sum = Math.fma(sum, 0.7f, 0.3f + i * 1e-7f);
        }
        best = Math.min(best, System.nanoTime() - start);
      }
      return sum < 2 && best < SLOW_NANOSECONDS * OPERATIONS;
    }
  }

  static boolean hasFastFma() {
    return FastFma.FAST;
  }
}
