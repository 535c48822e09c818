package org.jetfold.spark.read;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.spark.file.HadoopBytes;
import org.jetfold.spark.file.InputFile;

/**
 * A file, with what it says of itself.
 *
 * @param file where it is
 * @param header its shape and precisions
 * @param footer its blocks
 */
record IndexedFile(InputFile file, FileHeader header, Footer footer) {
  /**
   * Reads header and footer.
   *
   * @throws UnreadableTableException where the file is damaged, or none of ours
   */
  static IndexedFile read(InputFile file, Configuration configuration) throws IOException {
    try (Decompressor opened = open(file, configuration)) {
      return new IndexedFile(file, opened.header(), opened.footer());
    } catch (JetfoldException e) {
      throw new UnreadableTableException(file.path() + ": " + e.getMessage(), e);
    }
  }

  /** Reads the header. */
  static FileHeader header(InputFile file, Configuration configuration) throws IOException {
    try (Decompressor opened = open(file, configuration)) {
      return opened.header();
    } catch (JetfoldException e) {
      throw new UnreadableTableException(file.path() + ": " + e.getMessage(), e);
    }
  }

  private static Decompressor open(InputFile file, Configuration configuration) throws IOException {
    return new Decompressor(HadoopBytes.open(new Path(file.path()), file.size(), configuration), 1);
  }
}
