package org.jetfold.spark;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jetfold.spark.program.JetfoldJob;

/**
 * What a program that ran on the session of the tests has left.
 *
 * @param out what it printed
 * @param err what it said of failures and warnings
 */
record Programs(int exitCode, String out, String err) {
  static Programs run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        JetfoldJob.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Programs(exitCode, out.toString(), err.toString());
  }
}
