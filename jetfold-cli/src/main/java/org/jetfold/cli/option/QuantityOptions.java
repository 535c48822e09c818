package org.jetfold.cli.option;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which quantities are computed from a table's columns, and how its events are weighted. */
public final class QuantityOptions {
  @Option(
      names = "--jets",
      paramLabel = "COLLECTION",
      description =
          "The collection of which HT, mjj and other quantities of jets are computed. Default: the"
              + " one that is named after jets.")
  public @Nullable String jets;

  @Option(
      names = "--derive",
      paramLabel = "DEFINITION",
      description =
          "Defines a quantity, as in 'ptRatio = pt/ptRaw' (docs/derived.md). Several may be given.")
  public List<String> derive = new ArrayList<>();

  @Option(
      names = "--weight",
      paramLabel = "COLUMN",
      description = "Weight each event (or row) with this column of the original.")
  public @Nullable String weight;
}
