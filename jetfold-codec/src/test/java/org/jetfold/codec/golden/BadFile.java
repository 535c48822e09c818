package org.jetfold.codec.golden;

import java.util.function.Consumer;

/**
 * A file that must be refused.
 *
 * @param name says what is wrong
 * @param unsupported whether the refusal is that of a version or feature rather than of damage
 * @param bytes the file
 */
record BadFile(String name, boolean unsupported, byte[] bytes) {
  /** A small file with something changed before it was put together, all checksums being right. */
  static BadFile damaged(String name, Consumer<SmallFile> change) {
    SmallFile file = new SmallFile();
    change.accept(file);
    return new BadFile(name, false, file.bytes());
  }

  static BadFile unsupported(String name, Consumer<SmallFile> change) {
    return new BadFile(name, true, damaged(name, change).bytes());
  }

  /** A small file with its bytes changed afterwards. */
  static BadFile spoilt(String name, Spoiler spoiler) {
    SmallFile file = new SmallFile();
    byte[] bytes = file.bytes();
    return new BadFile(name, false, spoiler.spoil(bytes, file));
  }

  /** Changes a file's bytes, knowing where its frames stand. */
  interface Spoiler {
    byte[] spoil(byte[] bytes, SmallFile file);
  }
}
