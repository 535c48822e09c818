package org.jetfold.cli.study;

import java.util.List;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.option.QuantityOptions;
import org.jetfold.codec.derived.DerivedQuantityException;
import org.jetfold.study.UnclearJetsException;
import org.jetfold.study.residual.Requirement;

/** Limits as users write them, and what became of them. */
final class Limits {
  /** What to do where the names of collections do not tell which are jets. */
  static final String NAME_JETS = ": name it with --jets";

  private Limits() {}

  /** What is wrong with limits, quantities or jets, and the option that says it. */
  static String advised(Exception wrong, QuantityOptions computed) {
    return switch (wrong) {
      case UnclearJetsException _ when computed.jets == null -> wrong.getMessage() + NAME_JETS;
      case UnclearJetsException _ -> "--jets: " + wrong.getMessage();
      case DerivedQuantityException e
          when e.subject() == DerivedQuantityException.Subject.DEFINITION ->
          "--derive: " + wrong.getMessage();
      default -> String.valueOf(wrong.getMessage());
    };
  }

  /** Reads limits; what is wrong with one is wrong usage. */
  static List<Requirement> parse(List<String> limits) {
    try {
      return limits.stream().map(Requirement::parse).toList();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()), e);
    }
  }
}
