package org.jetfold.cli.study;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.cli.console.CommandFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which signal is mixed into the background, how much of it, and how often. */
final class SignalOptions {
  private static final int MAX_INJECTIONS = 100_000;

  @Option(
      names = "--signal",
      paramLabel = "TABLE:N,…",
      description =
          "Mix in N events of this table that pass the selection, before compression; several"
              + " numbers, several hunts.")
  @Nullable String signal;

  @Option(
      names = "--injections",
      paramLabel = "K",
      description =
          "Inject each signal K times, each time with other events of signal and background: how"
              + " significant it is on average, and what compression takes of that.")
  @Nullable Integer injections;

  /** A table, and how many of its events; always also none. */
  record Request(String table, List<Integer> strengths) {}

  /** Whether there is a signal. */
  boolean isAsked() {
    return signal != null;
  }

  /** What is asked for. */
  Request request() {
    Integer times = injections;
    if (times != null && (times < 2 || times > MAX_INJECTIONS)) {
      throw CommandFailure.usage(
          "--injections must be between 2 and %d, was %d".formatted(MAX_INJECTIONS, times));
    }
    String text = signal;
    if (text == null) {
      if (times != null) {
        throw CommandFailure.usage("--injections requires --signal");
      }
      return new Request("", List.of(0));
    }
    int colon = text.lastIndexOf(':');
    List<Integer> strengths = new ArrayList<>(List.of(0));
    try {
      for (String number : text.substring(colon + 1).split(",", -1)) {
        strengths.add(Integer.parseUnsignedInt(number.strip()));
      }
    } catch (NumberFormatException e) {
      throw CommandFailure.usage(message(text), e);
    }
    if (colon < 1) {
      throw CommandFailure.usage(message(text));
    }
    return new Request(text.substring(0, colon), strengths);
  }

  private static String message(String text) {
    return "--signal must be a table and numbers of events, as in zprime.npz:50,100, was " + text;
  }
}
