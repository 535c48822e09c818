package org.jetfold.cli.inspect;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jetfold.cli.console.Streams;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jetfold list}. */
@Command(
    name = "list",
    description = {
      "Lists what files hold: the trees and ntuples of a ROOT file with their branches, the columns"
          + " of other tables.",
      "What cannot be read is listed with the reason."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  jetfold list events.root",
      "  jetfold list events.root:CollectionTree       (one tree)",
      "  jetfold list --check events.root              (reads everything)",
      "  jetfold list jets.parquet jets.h5",
      "  jetfold list --json events.root | jq '.trees[].name'",
    })
public final class ListCommand implements Callable<Integer> {
  private final Streams streams;

  @Option(
      names = "--check",
      description =
          "Read everything: say which branches cannot be read after all, and count the rows of"
              + " other tables.")
  boolean check;

  @Mixin FileDescriptions files = new FileDescriptions();

  public ListCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    return files.print(streams, check);
  }
}
