package org.jetfold.tables.format;

import java.util.Optional;
import org.jetfold.codec.error.JetfoldException;
import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be met: a format, a column or a combination that does not exist. The
 * message is one line for the user and says what is possible.
 */
public final class TableUsageException extends JetfoldException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Subject subject;

  /** What the request was about, so that a program can name its own option for it. */
  public enum Subject {
    /** The format to read. */
    SOURCE_FORMAT,
    /** The format to write. */
    SINK_FORMAT,
    /** {@link ColumnRequest#columns}. */
    COLUMNS,
    /** {@link ColumnRequest#collections}. */
    COLLECTIONS,
    /** {@link SourceOptions#eventColumn}. */
    EVENT_COLUMN,
    /** {@link SinkOptions#overwrite}. */
    OVERWRITE
  }

  /** An exception with a message for the user. */
  public TableUsageException(String message) {
    super(message);
    subject = null;
  }

  /** An exception about one part of the request. */
  public TableUsageException(Subject subject, String message) {
    super(message);
    this.subject = subject;
  }

  /** What the request was about, where it was one part of it. */
  public Optional<Subject> subject() {
    return Optional.ofNullable(subject);
  }
}
