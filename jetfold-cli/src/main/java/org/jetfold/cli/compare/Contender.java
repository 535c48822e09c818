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
   * @param encodeSeconds processor time
   * @param decodeSeconds processor time
   * @param note what a reader must know; may be empty
   */
  record Coded(
      long bytes, Table restored, double encodeSeconds, double decodeSeconds, String note) {}

  /** Encodes and decodes a table. */
  Coded run(Table table) throws IOException;
}
