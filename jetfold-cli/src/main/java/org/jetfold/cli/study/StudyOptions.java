package org.jetfold.cli.study;

import java.io.IOException;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.option.ReadingOptions;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.codec.table.TableSource;
import picocli.CommandLine.Mixin;

/** What all studies take: how tables are read, where the result goes, how the work is done. */
final class StudyOptions {
  @Mixin StudyOutput output = new StudyOutput();
  @Mixin ReadingOptions reading = new ReadingOptions();
  @Mixin WorkingOptions working = new WorkingOptions();

  /** Opens a table; its warnings are printed. */
  TableSource open(String name, Streams streams) throws IOException {
    return reading.open(name, working.threads(), streams);
  }

  /** Tells the user something that is no warning. */
  void say(String line, Streams streams) {
    if (!working.quiet) {
      streams.say(line);
    }
  }
}
