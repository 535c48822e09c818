package org.jetfold.cli.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.NormalizationText;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.train.NetworkInputOptions;
import org.jetfold.cli.train.NetworkInputReader;
import org.jetfold.cli.train.NetworkInputs;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.study.StudyException;
import org.jetfold.study.normalization.NormalizedVariable;
import org.jetfold.study.report.NormalizationReport;
import org.jetfold.train.autoencoder.AutoencoderSample;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code jetfold study normalization}. */
@Command(
    name = "normalization",
    description =
        "Shows the variables of a table as an autoencoder sees them: the distributions of their"
            + " normalized values, and how much of the loss each is.",
    footerHeading = "%nExamples%n",
    footer = {
      "  jetfold study normalization jets.npz --preset tla-27d --picture normalized.svg",
      "  jetfold study normalization jets.npz --preset tla-4d --normalization thesis",
      "  jetfold study normalization jets.npz",
      "",
      "Without --preset, all float columns are normalized by mean and standard deviation.",
    })
final class NormalizationCommand implements Callable<Integer> {
  private final Streams streams;

  @Parameters(paramLabel = "IN", description = "The table.")
  String input = "";

  @Mixin NetworkInputOptions network = new NetworkInputOptions();
  @Mixin StudyOptions study = new StudyOptions();

  NormalizationCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    study.output.check(List.of(input), streams);
    NetworkInputs inputs = new NetworkInputs(network);
    AutoencoderSample sample =
        new NetworkInputReader(streams, study.reading, study.working, inputs)
            .read(List.of(input), PrecisionRules.exact(), List.of(), Map.of(), null)
            .sample();
    try {
      study.output.write(NormalizationReport.of(input, inputs.label(), variables(sample)), streams);
    } catch (StudyException e) {
      throw CommandFailure.usage(input + ": " + e.getMessage(), e);
    }
    return ExitCode.OK;
  }

  private static List<NormalizedVariable> variables(AutoencoderSample sample) {
    List<NormalizedVariable> normalized = new ArrayList<>();
    for (int v = 0; v < sample.values().length; v++) {
      AutoencoderVariable variable = sample.variables().get(v);
      int reference = variable.normalization().reference();
      double[] values = sample.values()[v];
      double[] others = reference < 0 ? values : sample.values()[reference];
      double[] seen = new double[values.length];
      Arrays.setAll(seen, jet -> variable.normalization().apply(values[jet], others[jet]));
      normalized.add(
          NormalizedVariable.of(
              variable.name(), NormalizationText.of(variable, sample.variables()), seen));
    }
    return normalized;
  }
}
