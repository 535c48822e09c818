package org.jetfold.cli.study;

import org.jetfold.cli.console.Streams;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jetfold study}: what compression does to physics, one subcommand a question. */
@Command(
    name = "study",
    description = "Studies what compression does to physics.",
    synopsisSubcommandLabel = "STUDY",
    footerHeading = "%nExamples%n",
    footer = {
      "  jetfold study double-quantization jets.npz --column phi --bits 7 --bins 100",
      "  jetfold study bump-hunt background.npz --signal zprime.npz:50,100,200 --precision jets",
      "  jetfold study dimension jets.npz --columns m,pt,eta,phi",
      "  jetfold study normalization jets.npz --preset tla-27d",
    })
public final class StudyCommand implements Runnable {
  @Spec @Nullable CommandSpec spec;

  private StudyCommand() {}

  /** The command with its subcommands. */
  public static CommandLine commandLine(Streams streams) {
    return new CommandLine(new StudyCommand())
        .addSubcommand(new DoubleQuantizationCommand(streams))
        .addSubcommand(new BumpHuntCommand(streams))
        .addSubcommand(new DimensionCommand(streams))
        .addSubcommand(new NormalizationCommand(streams));
  }

  @Override
  public void run() {
    CommandSpec known = spec;
    if (known != null) {
      known.commandLine().usage(known.commandLine().getOut());
    }
  }
}
