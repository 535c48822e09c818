package org.jetfold.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The {@code jetfold} command. */
@Command(
    name = "jetfold",
    description = "Makes tables of physics measurements small, and says exactly how much was lost.",
    mixinStandardHelpOptions = true,
    versionProvider = Jetfold.Version.class)
public final class Jetfold implements Runnable {
  private Jetfold() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Jetfold()).execute(arguments));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  /** The version that the build wrote into the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Jetfold.class.getPackage().getImplementationVersion();
      return new String[] {"jetfold " + (version == null ? "(not packaged)" : version)};
    }
  }
}
