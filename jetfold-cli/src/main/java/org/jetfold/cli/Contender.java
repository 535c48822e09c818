package org.jetfold.cli;

import java.io.IOException;
import org.jetfold.codec.table.Table;

/** A way to make a table small, with one setting: a row of a comparison. */
interface Contender {
  /** What codes: the lines of the picture. */
  String codec();

  /** How exactly. */
  String setting();

  /**
   * What came out.
   *
   * @param bytes all that is needed to restore the table, but for a model that many files share
   * @param restored the table after decoding
   * @param encodeSeconds of one thread
   * @param decodeSeconds of one thread
   * @param note what a reader must know; may be empty
   */
  record Coded(
      long bytes, Table restored, double encodeSeconds, double decodeSeconds, String note) {}

  /** Encodes and decodes a table. */
  Coded run(Table table) throws IOException;

  /** The seconds since a time of {@link System#nanoTime}. */
  static double secondsSince(long start) {
    return 1e-9 * (System.nanoTime() - start);
  }
}
