package org.jetfold.cli.inspect;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jetfold.cli.console.Streams;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code jetfold inspect}. */
@Command(
    name = "inspect",
    description =
        "Shows what a compressed file holds: shape, precision of each column, largest error made,"
            + " sizes. Of a model it shows what it codes, of a table its columns.",
    footerHeading = "%n",
    footer = {
      "The largest error is the one that was found when the file was written: relative (rel, bits)"
          + " or",
      "in the column's unit (abs). Bits per value do not include the tables that all blocks share.",
      "'alone' is what must be read for the column alone: also the columns that it is decoded"
          + " after,",
      "with a density model those before it in its order, with an autoencoder the latents and what",
      "it keeps ('?' where the model is not found: --model). The fields of --json are stable;"
          + " docs/cli.md lists them.",
      "",
      "Examples",
      "  jetfold inspect jets.jetf",
      "  jetfold inspect *.jetf",
      "  jetfold inspect jets.jetf --json | jq '.columns[] | {name, precision, largestError}'",
    })
public final class InspectCommand implements Callable<Integer> {
  private final Streams streams;

  @Mixin FileDescriptions files = new FileDescriptions();

  public InspectCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    return files.print(streams, /* readAll= */ false);
  }
}
