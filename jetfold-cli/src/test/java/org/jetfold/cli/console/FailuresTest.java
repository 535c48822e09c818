package org.jetfold.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is said of programs that cannot be loaded. */
final class FailuresTest {
  @Test
  void aNativeLibraryIsOneAndAMissingClassIsNone() {
    Throwable library = new UnsatisfiedLinkError("no space left on device");
    for (Throwable failure : new Throwable[] {library, new ExceptionInInitializerError(library)}) {
      assertThat(Failures.of(failure).line())
          .contains("a native library cannot be loaded (no space left on device)");
    }
    for (Throwable failure :
        new Throwable[] {
          new NoClassDefFoundError("org/duckdb/DuckDBDriver"),
          new NoClassDefFoundError("x").initCause(new ClassNotFoundException("org.duckdb.Driver"))
        }) {
      assertThat(Failures.of(failure).line())
          .contains("is not complete, it lacks org")
          .doesNotContain("native library");
      assertThat(Failures.of(failure).exitCode()).isEqualTo(ExitCode.FAILED);
    }
    assertThat(Failures.of(new ExceptionInInitializerError(new IllegalStateException("x"))).line())
        .contains("internal error")
        .doesNotContain("native library");
  }
}
