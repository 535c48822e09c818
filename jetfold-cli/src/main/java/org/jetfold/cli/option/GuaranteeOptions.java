package org.jetfold.cli.option;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.codec.derived.DerivedQuantities;
import org.jetfold.codec.derived.DerivedQuantityException;
import org.jetfold.codec.derived.Guarantee;
import org.jetfold.codec.table.Schema;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Bounds on quantities that are computed from columns. */
public final class GuaranteeOptions {
  @Option(
      names = "--guarantee",
      paramLabel = "BOUNDS",
      description =
          "With the original: bounds on quantities computed from the columns, as in"
              + " E=rel:0.005,mjj=rel:0.004,dPhi=abs:0.002 (docs/derived.md). Exit code 1 where one"
              + " is missed.")
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
   * The bounds; none where the option is not given.
   *
   * @throws CommandFailure where they are not well written, or what defines them is given alone
   */
  public List<Guarantee> bounds() {
    if (guarantee == null) {
      if (jets != null || !derive.isEmpty()) {
        throw CommandFailure.usage("--jets and --derive go with --guarantee");
      }
      return List.of();
    }
    try {
      return Guarantee.parse(guarantee);
    } catch (DerivedQuantityException e) {
      throw CommandFailure.usage("--guarantee: " + e.getMessage());
    }
  }

  /**
   * The quantities of a table.
   *
   * @throws CommandFailure where a bound is on one that cannot be computed
   */
  public DerivedQuantities quantities(Schema schema) {
    try {
      DerivedQuantities quantities = new DerivedQuantities(schema, jets, derive);
      bounds().forEach(bound -> quantities.find(bound.quantity()));
      return quantities;
    } catch (DerivedQuantityException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }
}
