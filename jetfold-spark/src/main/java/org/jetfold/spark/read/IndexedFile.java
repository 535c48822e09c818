package org.jetfold.spark.read;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jetfold.codec.BlockSplit;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.spark.file.HadoopBytes;
import org.jetfold.spark.file.InputFile;

/** A file whose header and index were read. It is closed: more of it is read by tasks. */
public final class IndexedFile {
  private final InputFile file;
  private final Decompressor closed;
  private final Footer footer;

  private IndexedFile(InputFile file, Decompressor opened) throws IOException {
    this.file = file;
    this.closed = opened;
    this.footer = opened.footer();
    // Makes it read what each split begins with, which is kept.
    opened.splits(List.of(), 1);
  }

  /** The bytes of a file. What was read from its first byte on is kept when it is closed. */
  private static final class KeptStart implements ByteSource {
    private final ByteSource file;
    private byte[] start = {};

    KeptStart(ByteSource file) {
      this.file = file;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public byte[] read(long position, int length) throws IOException {
      if (position == 0 && length <= start.length) {
        return Arrays.copyOf(start, length);
      }
      byte[] bytes = file.read(position, length);
      if (position == 0) {
        start = bytes;
      }
      return bytes;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /**
   * Reads header and index.
   *
   * @throws UnreadableTableException where the file is damaged, or none of ours
   */
  public static IndexedFile read(InputFile file, Configuration configuration) throws IOException {
    try (Decompressor opened = open(file, configuration)) {
      return new IndexedFile(file, opened);
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
    return new Decompressor(
        new KeptStart(HadoopBytes.open(new Path(file.path()), file.size(), configuration)), 1);
  }

  InputFile file() {
    return file;
  }

  /** Its header. */
  public FileHeader header() {
    return closed.header();
  }

  /** Its index. */
  public Footer footer() {
    return footer;
  }

  /** Shares out some of the blocks; header and index, which were read, say all that it takes. */
  List<BlockSplit> splits(List<Footer.Section.Block> blocks, long bytes) throws IOException {
    return closed.splits(blocks, bytes);
  }
}
