package org.jetfold.cli.train;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;

/** Numbers of latents as users write them. */
final class LatentNumbers {
  private LatentNumbers() {}

  /**
   * Reads numbers such as {@code 8..20}, {@code 8..20..2} or {@code 8,10,14}.
   *
   * @param most how far a range may reach
   */
  static List<Integer> parse(String text, int most) {
    List<Integer> numbers = new ArrayList<>();
    try {
      for (String part : text.split(",", -1)) {
        String[] ends = part.strip().split("\\.\\.", -1);
        int from = Integer.parseInt(ends[0]);
        int to = ends.length > 1 ? Integer.parseInt(ends[1]) : from;
        int step = ends.length > 2 ? Integer.parseInt(ends[2]) : 1;
        if (from < 1 || to < from || step < 1 || to > from + most || ends.length > 3) {
          throw new NumberFormatException(part);
        }
        for (int number = from; number <= to; number += step) {
          numbers.add(number);
        }
      }
    } catch (NumberFormatException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--latent must be numbers such as 8..20, 8..20..2 or 8,10,14, was " + text,
          e);
    }
    return numbers;
  }
}
