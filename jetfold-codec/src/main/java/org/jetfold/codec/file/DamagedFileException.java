package org.jetfold.codec.file;

import org.jetfold.codec.error.JetfoldException;

/**
 * A file's bytes contradict the format or their checksums. Nothing decoded from the damaged part is
 * handed out.
 */
public final class DamagedFileException extends JetfoldException {
  private static final long serialVersionUID = 1L;

  private final long offset;

  /**
   * What is wrong and where.
   *
   * @param offset of the first byte known to be wrong, from the file's start
   */
  public DamagedFileException(long offset, String message) {
    super("damaged at byte " + offset + ": " + message);
    this.offset = offset;
  }

  /** The first byte known to be wrong. */
  public long offset() {
    return offset;
  }
}
