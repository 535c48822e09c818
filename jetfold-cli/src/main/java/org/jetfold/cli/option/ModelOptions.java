package org.jetfold.cli.option;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where to find the models that a compressed file needs. */
public final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "MODEL.jetm",
      description =
          "A model that the file needs, or a folder of such. Models in the file's folder are found"
              + " without this.")
  public List<String> models = new ArrayList<>();
}
