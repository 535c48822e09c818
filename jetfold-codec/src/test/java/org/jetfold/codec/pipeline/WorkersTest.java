package org.jetfold.codec.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work is done once each, whoever does it, and failures come out. */
class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void eachNumberIsWorkedOnOnce(int threads) {
    AtomicIntegerArray done = new AtomicIntegerArray(1000);
    try (Workers workers = new Workers(threads)) {
      assertThat(workers.threads()).isEqualTo(threads);
      workers.forEach(1000, done::incrementAndGet);
      workers.forEach(0, done::incrementAndGet);
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(done.get(i)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void noTwoThreadsShareAWorkspace(int threads) {
    Set<AtomicInteger> workspaces = ConcurrentHashMap.newKeySet();
    try (Workers workers = new Workers(threads)) {
      workers.forEach(
          500,
          () -> {
            AtomicInteger workspace = new AtomicInteger();
            workspaces.add(workspace);
            return workspace;
          },
          (workspace, number) -> {
            // Not an atomic step: two threads with one workspace would lose some.
            int before = workspace.get();
            workspace.set(before + 1);
          });
    }
    assertThat(workspaces).hasSizeLessThanOrEqualTo(threads);
    assertThat(workspaces.stream().mapToInt(AtomicInteger::get).sum()).isEqualTo(500);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void failuresComeOut(int threads) {
    try (Workers workers = new Workers(threads)) {
      assertThatThrownBy(() ->
              workers.forEach(
                  10,
                  i -> {
                    if (i == 7) {
                      throw new UnsupportedOperationException("seven");
                    }
                  }))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage("seven");
      Future<String> result = workers.start(() -> "done");
      assertThat(Workers.result(result)).isEqualTo("done");
      IOException failure = new IOException("no disk");
      Future<String> failing =
          workers.start(() -> {
            throw failure;
          });
      assertThatThrownBy(() -> Workers.result(failing))
          .isInstanceOf(IllegalStateException.class)
          .hasCause(failure);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anInterruptedCallerStops(int threads) {
    AtomicInteger begun = new AtomicInteger();
    try (Workers workers = new Workers(threads)) {
      Thread caller = Thread.currentThread();
      assertThatThrownBy(() ->
              workers.forEach(
                  100,
                  i -> {
                    // Once: an interruption after the caller has stopped would meet the next test.
                    if (begun.getAndIncrement() == 0) {
                      caller.interrupt();
                    }
                  }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("interrupted");
    } finally {
      // The thread goes on to other tests.
      assertThat(Thread.interrupted()).isTrue();
    }
    if (threads == 1) {
      assertThat(begun).hasValue(1);
    }
  }

  @Test
  void oneThreadIsTheCallers() {
    try (Workers workers = new Workers(1)) {
      Thread caller = Thread.currentThread();
      workers.forEach(3, i -> assertThat(Thread.currentThread()).isSameAs(caller));
      assertThat(Workers.result(workers.start(Thread::currentThread))).isSameAs(caller);
    }
  }

  @Test
  void noThreadsMakeNoSense() {
    assertThatThrownBy(() -> new Workers(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
