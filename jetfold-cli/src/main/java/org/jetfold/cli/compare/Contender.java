package org.jetfold.cli.compare;

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
   * @param timedBytes what the values take in plain arrays that the times are of
   * @param encodeSeconds processor time; NaN where it could not be measured
   * @param decodeSeconds processor time; NaN where it could not be measured
   * @param note what a reader must know; may be empty
   */
  record Coded(
      long bytes,
      Table restored,
      long timedBytes,
      double encodeSeconds,
      double decodeSeconds,
      String note) {

    /** In MB of plain arrays a second; NaN where it could not be measured. */
    double encodeSpeed() {
      return 1e-6 * timedBytes / encodeSeconds;
    }

    /** In MB of plain arrays a second; NaN where it could not be measured. */
    double decodeSpeed() {
      return 1e-6 * timedBytes / decodeSeconds;
    }
  }

  /**
   * Encodes and decodes a table, again and again where that takes little time.
   *
   * @param enough how many seconds of encoding and of decoding are enough to measure; 0 to do both
   *     once
   */
  Coded run(Table table, double enough) throws IOException;
}
