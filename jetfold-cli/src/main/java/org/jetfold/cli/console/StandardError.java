package org.jetfold.cli.console;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Standard error, where the launcher kept it from what java prints before the program begins: a
 * warning of its vector module, which no option turns off.
 */
public final class StandardError {
  /** The property with the descriptor that standard error was moved to. */
  private static final String PROPERTY = "jetfold.stderr";

  private StandardError() {}

  /** Puts standard error back to its place, if it was moved. */
  @SuppressWarnings("restricted")
  public static void restore() {
    Integer moved = Integer.getInteger(PROPERTY);
    if (moved == null) {
      return;
    }
    Linker linker = Linker.nativeLinker();
    MethodHandle dup2 =
        linker.downcallHandle(
            linker.defaultLookup().find("dup2").orElseThrow(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try {
      int _ = (int) dup2.invokeExact(moved.intValue(), Terminal.ERR);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
