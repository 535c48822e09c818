package org.jetfold.cli.compare;

import java.io.IOException;
import org.jetfold.codec.Compression;
import org.jetfold.codec.RoundTrip;
import org.jetfold.codec.table.Table;

/**
 * Jetfold itself, with its static or a learned model; a whole file, every value checked and decoded
 * again while it is written.
 *
 * @param compression how a table is compressed
 */
record JetfoldContender(String codec, String setting, Compression compression, String note)
    implements Contender {
  @Override
  public Coded run(Table table, double enough) throws IOException {
    byte[] file;
    ProcessorTime encoding = new ProcessorTime(enough);
    do {
      encoding.start();
      // One thread of work is this one.
      file = RoundTrip.compress(table, compression, 1);
      encoding.stop();
    } while (encoding.another());
    ProcessorTime decoding = new ProcessorTime(enough);
    Table restored;
    do {
      decoding.start();
      restored = RoundTrip.restore(file, compression, 1);
      decoding.stop();
    } while (decoding.another());
    return new Coded(
        file.length,
        restored,
        ComparisonErrors.rawBytes(table),
        encoding.seconds(),
        decoding.seconds(),
        note);
  }
}
