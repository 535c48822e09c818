package org.jetfold.cli.option;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.codec.Compression;
import org.jetfold.codec.derived.DerivedQuantityException;
import org.jetfold.codec.derived.Guarantee;
import org.jetfold.codec.derived.Guarantees;
import org.jetfold.codec.table.Schema;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Bounds on quantities that are computed from columns. */
public final class GuaranteeOptions {
  @Option(
      names = "--guarantee",
      paramLabel = "BOUNDS",
      description =
          "Bounds on quantities computed from the columns, as in"
              + " E=rel:0.005,mjj=rel:0.004,dPhi=abs:0.002 (docs/derived.md).")
  public @Nullable String guarantee;

  @Option(
      names = "--jets",
      paramLabel = "NAME",
      description =
          "The collection whose objects are jets; without it, the only one with pt and eta.")
  public @Nullable String jets;

  @Option(
      names = "--derive",
      paramLabel = "DEFINITION",
      description = "Defines a quantity, as in 'ptRatio = pt/ptRaw'. Several may be given.")
  public List<String> derive = new ArrayList<>();

  /**
   * Whether there are bounds.
   *
   * @throws CommandFailure where they are not well written, or what defines them is given alone
   */
  public boolean given() {
    return bounds() != null;
  }

  private @Nullable List<Guarantee> bounds() {
    if (guarantee == null) {
      if (jets != null || !derive.isEmpty()) {
        throw CommandFailure.usage("--jets and --derive go with --guarantee");
      }
      return null;
    }
    try {
      return Guarantee.parse(guarantee);
    } catch (DerivedQuantityException e) {
      throw CommandFailure.usage(advised(e), e);
    }
  }

  /** What is wrong, and the option that says it. */
  private String advised(DerivedQuantityException wrong) {
    return switch (wrong.subject()) {
      case QUANTITY -> "--guarantee: " + wrong.getMessage();
      case DEFINITION -> "--derive: " + wrong.getMessage();
      case JETS ->
          jets == null ? wrong.getMessage() + " with --jets" : "--jets: " + wrong.getMessage();
    };
  }

  /**
   * The bounds for a table; null where the option is not given.
   *
   * @throws CommandFailure where a bound is on a quantity that cannot be computed
   */
  public @Nullable Guarantees of(Schema schema) {
    List<Guarantee> bounds = bounds();
    try {
      return bounds == null ? null : Guarantees.of(schema, jets, derive, bounds);
    } catch (DerivedQuantityException e) {
      throw CommandFailure.usage(advised(e), e);
    }
  }

  /** A plan with the bounds, where there are any. */
  public Compression addedTo(Compression plan) {
    String bounds = guarantee;
    if (bounds == null || of(plan.schema()) == null) {
      return plan;
    }
    return plan.withGuarantees(bounds, jets, derive);
  }
}
