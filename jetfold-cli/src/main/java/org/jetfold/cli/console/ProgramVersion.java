package org.jetfold.cli.console;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar's manifest. */
public final class ProgramVersion implements IVersionProvider {
  /** The program's name and its version. */
  public static String line() {
    String version = ProgramVersion.class.getPackage().getImplementationVersion();
    return "jetfold " + (version == null ? "(not packaged)" : version);
  }

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }
}
