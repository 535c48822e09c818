package org.jetfold.spark.read;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jetfold.codec.BlockSplit;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.FileIndex;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.spark.file.HadoopBytes;
import org.jetfold.spark.file.InputFile;

/** A file whose header and index were read. It is closed: more of it is read by tasks. */
public final class IndexedFile {
  private final InputFile file;
  private final FileIndex index;

  private IndexedFile(InputFile file, FileIndex index) {
    this.file = file;
    this.index = index;
  }

  /**
   * Reads header and index.
   *
   * @throws UnreadableTableException where the file is damaged, or none of ours
   */
  public static IndexedFile read(InputFile file, Configuration configuration) throws IOException {
    try (Decompressor opened = open(file, configuration)) {
      return new IndexedFile(file, opened.index());
    } catch (JetfoldException e) {
      throw new UnreadableTableException(file.path() + ": " + e.getMessage(), e);
    }
  }

  /** Reads the header alone; otherwise as {@link #read}. */
  public static FileHeader header(InputFile file, Configuration configuration) throws IOException {
    try (Decompressor opened = open(file, configuration)) {
      return opened.header();
    } catch (JetfoldException e) {
      throw new UnreadableTableException(file.path() + ": " + e.getMessage(), e);
    }
  }

  private static Decompressor open(InputFile file, Configuration configuration) throws IOException {
    return new Decompressor(HadoopBytes.open(new Path(file.path()), file.size(), configuration), 1);
  }

  InputFile file() {
    return file;
  }

  /** Its header. */
  public FileHeader header() {
    return index.header();
  }

  /** Its index. */
  public Footer footer() {
    return index.footer();
  }

  /** Shares out some of the blocks; header and index, which were read, say all that it takes. */
  List<BlockSplit> splits(List<Footer.Section.Block> blocks, long bytes) {
    return index.splits(blocks, bytes);
  }
}
