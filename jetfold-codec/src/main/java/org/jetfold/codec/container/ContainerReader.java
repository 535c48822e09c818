package org.jetfold.codec.container;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;

/**
 * Reads the frames of a file, each checked against its checksum before anything of it is used
 * (docs/format.md section 3). Safe for use by several threads.
 */
public final class ContainerReader {
  private final ByteSource source;
  private final byte[] salt;
  private final FileHeader header;
  private final long sectionsFrom;
  private final int framesBeforeSections;

  /**
   * Reads the header.
   *
   * @throws UnsupportedFormatException where the bytes are no Jetfold file, or one of a version or
   *     with a feature that is not known
   * @throws DamagedFileException where the header is damaged
   */
  public ContainerReader(ByteSource source) throws IOException {
    this.source = source;
    byte[] start = readStart(source);
    Frame frame = Frame.read(source, start.length, start);
    if (frame.kind() != Frame.HEADER || frame.ordinal() != 0 || frame.bodyLength() != 0) {
      throw new DamagedFileException(frame.offset(), "the header should stand here");
    }
    salt = frame.salt();
    try {
      header = FileHeaderFields.read(frame.headReader());
    } catch (MalformedBytesException e) {
      throw damaged(e);
    }
    long embedded = header.models().stream().filter(FileHeader.ModelReference::embedded).count();
    framesBeforeSections = 1 + (int) embedded;
    long offset = frame.offset();
    long next = frame.end();
    for (int i = 0; i < embedded; i++) {
      Frame model = Frame.read(source, next, salt);
      if (model.kind() != Frame.MODEL || model.ordinal() != 1 + i) {
        throw new DamagedFileException(next, "a model should stand here");
      }
      offset = next;
      next = model.end();
    }
    sectionsFrom = offset;
  }

  private static byte[] readStart(ByteSource source) throws IOException {
    byte[] start = source.read(0, (int) Math.min(source.size(), FormatVersion.START_LENGTH));
    int compared = Math.min(start.length, FormatVersion.MAGIC.length);
    if (start.length == 0 || !Arrays.equals(start, 0, compared, FormatVersion.MAGIC, 0, compared)) {
      throw new UnsupportedFormatException("not a Jetfold file: it does not begin as one");
    }
    if (start.length < FormatVersion.START_LENGTH) {
      throw new DamagedFileException(start.length, "the file ends within its first ten bytes");
    }
    int major = start[FormatVersion.MAGIC.length];
    if (major != FormatVersion.MAJOR) {
      throw new UnsupportedFormatException(
          "the file has format version %d.%d, this Jetfold reads version %d: use a newer one"
              .formatted(major, start[FormatVersion.MAGIC.length + 1], FormatVersion.MAJOR));
    }
    return start;
  }

  private static DamagedFileException damaged(MalformedBytesException e) {
    return new DamagedFileException(e.offset(), String.valueOf(e.getMessage()));
  }

  /** What the file says of itself. */
  public FileHeader header() {
    return header;
  }

  /** Reads trailer and footer. */
  public Footer readFooter() throws IOException {
    long size = source.size();
    long trailerOffset = size - FormatVersion.TRAILER_LENGTH;
    if (trailerOffset <= sectionsFrom) {
      throw new DamagedFileException(size, "the file ends before its footer");
    }
    byte[] trailer = source.read(trailerOffset, FormatVersion.TRAILER_LENGTH);
    ByteReader in = new ByteReader(trailer, trailerOffset);
    long footerOffset = in.u64();
    int check = in.u32();
    byte[] end = in.raw(FormatVersion.END.length);
    if (!Arrays.equals(end, FormatVersion.END)
        || check != new Checksum().add(salt).add(trailer, 0, 8).value()
        || footerOffset <= 0
        || footerOffset >= trailerOffset) {
      throw new DamagedFileException(
          trailerOffset,
          "the file's end is missing or damaged: was it copied whole? 'decompress --recover' saves"
              + " what is left");
    }
    Frame frame = Frame.read(source, footerOffset, salt);
    if (frame.kind() != Frame.FOOTER || frame.bodyLength() != 0 || frame.end() != trailerOffset) {
      throw new DamagedFileException(footerOffset, "the footer should stand here");
    }
    try {
      Footer footer = Footer.read(frame.headReader(), header.schema(), sectionsFrom);
      if (frame.ordinal() != framesBeforeSections + footer.sections().size()) {
        throw new DamagedFileException(
            footerOffset, "the footer's number is not that of the frames before it");
      }
      return footer;
    } catch (MalformedBytesException e) {
      throw damaged(e);
    }
  }

  /** Reads the head of a section that the footer lists at place {@code index}. */
  public SectionHead readSection(Footer footer, int index) throws IOException {
    Footer.Section section = footer.sections().get(index);
    Frame frame = Frame.read(source, section.offset(), salt);
    int kind = section instanceof Footer.Section.Block ? Frame.BLOCK : Frame.DISTRIBUTIONS;
    if (frame.kind() != kind || frame.ordinal() != framesBeforeSections + index) {
      throw new DamagedFileException(section.offset(), "another section should stand here");
    }
    return parsed(frame)
        .orElseThrow(() ->
            new DamagedFileException(section.offset(), "a section's kind contradicts the footer"));
  }

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

  private Optional<SectionHead> parsed(Frame frame) throws DamagedFileException {
    try {
      return switch (frame.kind()) {
        case Frame.DISTRIBUTIONS -> {
          if (frame.bodyLength() != 0) {
            throw new DamagedFileException(frame.offset(), "distributions have a body");
          }
          yield Optional.of(
              new SectionHead.Distributions(
                  frame.head(),
                  frame.offset() + Frame.PREFIX_LENGTH,
                  frame.ordinal(),
                  frame.offset(),
                  frame.end()));
        }
        case Frame.BLOCK ->
            Optional.of(
                new SectionHead.Block(
                    BlockHead.read(frame.headReader(), frame.bodyLength(), header.schema()),
                    frame.bodyOffset(),
                    frame.ordinal(),
                    frame.offset(),
                    frame.end()));
        default -> Optional.empty();
      };
    } catch (MalformedBytesException e) {
      throw damaged(e);
    }
  }

  /**
   * Reads a stream of a block and checks its checksum.
   *
   * @return a reader of the stream's bytes, whose offsets count from the file's start
   */
  public ByteReader readStream(SectionHead.Block block, int stream) throws IOException {
    BlockHead head = block.head();
    long offset = block.streamsOffset();
    for (int before = 0; before < stream; before++) {
      offset += head.lengths()[before];
    }
    try {
      byte[] bytes = source.read(offset, head.lengths()[stream]);
      if (bytes.length > 0 && Checksum.of(bytes, 0, bytes.length) != head.checks()[stream]) {
        throw new DamagedFileException(offset, "a stream's checksum does not match");
      }
      return new ByteReader(bytes, offset);
    } catch (EOFException e) {
      throw new DamagedFileException(
          source.size(), "the file ends within a block that starts at byte " + block.offset());
    }
  }

  /**
   * Looks for sections without the footer's help, for files whose footer or sections are damaged:
   * every place where a frame with a right checksum stands, in order of the file.
   */
  public List<SectionHead> findSections() throws IOException {
    List<SectionHead> found = new ArrayList<>();
    MarkerSearch search = new MarkerSearch(source);
    // A hostile file may hold nothing but markers that promise long frames; reading them all would
    // take for ever.
    long budget = 64 * source.size();
    long position = sectionsFrom + 1;
    while (true) {
      long marker = search.next(position);
      if (marker < 0 || budget < 0) {
        return found;
      }
      position = marker + 1;
      try {
        Frame frame = Frame.read(source, marker, salt);
        Optional<SectionHead> section = parsed(frame);
        if (section.isPresent()) {
          found.add(section.get());
          position = marker + Frame.PREFIX_LENGTH + frame.head().length;
        }
      } catch (DamagedFileException e) {
        // Bytes that look like a marker, or a damaged frame: neither is a section.
        budget -= Frame.promisedLength(source, marker);
      }
    }
  }
}
