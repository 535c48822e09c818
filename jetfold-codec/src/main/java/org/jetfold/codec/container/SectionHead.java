package org.jetfold.codec.container;

/** A section's frame, checked and parsed. */
public sealed interface SectionHead {
  /** The number of frames before it. */
  int ordinal();

  /** Where its frame starts in the file. */
  long offset();

  /** Where the next frame starts in the file. */
  long end();

  /** The bytes of distributions, and where they stand in the file. */
  record Distributions(byte[] bytes, long bytesOffset, int ordinal, long offset, long end)
      implements SectionHead {}

  /** A block's head, and where its streams stand in the file. */
  record Block(BlockHead head, long streamsOffset, int ordinal, long offset, long end)
      implements SectionHead {}
}
