package org.jetfold.cli.option;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where the models are that a compressed file needs. */
public final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "MODEL.jetm",
      description =
          "A model that the file names. Models in the file's own folder are found without this.")
  public List<String> models = new ArrayList<>();
}
