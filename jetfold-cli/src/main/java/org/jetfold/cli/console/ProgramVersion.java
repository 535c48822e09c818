package org.jetfold.cli.console;

import org.jetfold.codec.Compressor;
import picocli.CommandLine.IVersionProvider;

/** The program's version, as it says it itself and as the files that it makes name it. */
public final class ProgramVersion implements IVersionProvider {
  /** What models name as their producer: the same as compressed files. */
  public static String line() {
    return Compressor.PRODUCER;
  }

  @Override
  public String[] getVersion() {
    String version = ProgramVersion.class.getPackage().getImplementationVersion();
    return new String[] {"jetfold " + (version == null ? "(not packaged)" : version)};
  }
}
