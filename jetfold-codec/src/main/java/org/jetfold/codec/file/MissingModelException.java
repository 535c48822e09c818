package org.jetfold.codec.file;

import org.jetfold.codec.error.JetfoldException;

/** A file needs a model that is not in it and was not found. */
public final class MissingModelException extends JetfoldException {
  private static final long serialVersionUID = 1L;

  private final String hash;

  /** The model with this SHA-256, in hexadecimal, is missing. */
  public MissingModelException(String hash) {
    super("needs the model with SHA-256 %s, which is a file of its own".formatted(hash));
    this.hash = hash;
  }

  /** The SHA-256 of the model's bytes, in hexadecimal. */
  public String hash() {
    return hash;
  }
}
