package org.jetfold.codec.forge;

/** What a T frame says of a stream, section 7.2. */
public interface ForgedCoding {
  /** Writes it, beginning with whether there are several distributions. */
  void writeStream(ForgedBits out);
}
