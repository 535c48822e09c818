package org.jetfold.codec.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jetfold.codec.precision.Precision;

/** A model in a file of its own ({@code .jetm}), whatever it codes with. Immutable. */
public interface LearnedModel {
  /** What a file's header calls this kind of model. */
  int kind();

  /** The bytes of the model's file. */
  byte[] bytes();

  /** What the latents of an autoencoder lose, each a FLOAT32, where nothing else is asked for. */
  default Precision latents() {
    return Precision.exact();
  }

  /** How many bytes the model takes. */
  default int size() {
    return bytes().length;
  }

  /** The SHA-256 of the model's bytes, in hexadecimal, by which files name it. */
  default String hash() {
    return hashOf(bytes());
  }

  /** The hash of a model with these bytes. */
  static String hashOf(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
