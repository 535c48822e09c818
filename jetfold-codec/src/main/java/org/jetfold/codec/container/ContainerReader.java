package org.jetfold.codec.container;

import java.io.EOFException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.file.UnsupportedFormatException;

/**
 * Reads the frames of a file, each checked against its checksum before anything of it is used
 * (docs/format.md section 3). Safe for use by several threads.
 */
public final class ContainerReader {
  private final ByteSource source;
  private final String version;
  private final byte[] salt;
  private final FileHeader header;
  private final long headerEnd;
  private final long sectionsFrom;
  private final int framesBeforeSections;

  /**
   * Reads the header.
   *
   * @throws UnsupportedFormatException where the bytes are not a Jetfold file, or have an unknown
   *     version or feature
   * @throws DamagedFileException where the header is damaged
   */
  public ContainerReader(ByteSource source) throws IOException {
    this.source = source;
    byte[] start = readStart(source);
    version = version(start);
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
    headerEnd = frame.end();
    long offset = frame.offset();
    long next = headerEnd;
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
    int major = start[FormatVersion.MAGIC.length] & 0xFF;
    if (major != FormatVersion.MAJOR) {
      throw new UnsupportedFormatException(
          "the file has format version %s, this Jetfold reads version %d: use a newer one"
              .formatted(version(start), FormatVersion.MAJOR));
    }
    return start;
  }

  private static String version(byte[] start) {
    return (start[FormatVersion.MAGIC.length] & 0xFF)
        + "."
        + (start[FormatVersion.MAGIC.length + 1] & 0xFF);
  }

  /** The file's format version, as in {@code 1.0}. */
  public String version() {
    return version;
  }

  private static DamagedFileException damaged(MalformedBytesException e) {
    return new DamagedFileException(e.offset(), String.valueOf(e.getMessage()));
  }

  /** The file's header. */
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
          trailerOffset, "the file's end is missing or damaged: was it copied whole?");
    }
    Frame frame = Frame.read(source, footerOffset, salt);
    if (frame.kind() != Frame.FOOTER || frame.end() != trailerOffset) {
      throw new DamagedFileException(footerOffset, "the footer should stand here");
    }
    return parsedFooter(frame);
  }

  private Footer parsedFooter(Frame frame) throws DamagedFileException {
    try {
      Footer footer = FooterFields.read(frame.headReader(), header, sectionsFrom);
      if (frame.ordinal() != framesBeforeSections + footer.sections().size()
          || frame.bodyLength() != 0) {
        throw new DamagedFileException(
            frame.offset(), "the footer's number is not that of the frames before it");
      }
      return footer;
    } catch (MalformedBytesException e) {
      throw damaged(e);
    }
  }

  /**
   * Walks through all frames, which must follow one another without gaps: the embedded models, each
   * with its hash; the sections that the footer lists; frames that a newer version may have added;
   * the footer.
   */
  public void verifyFrames(Footer footer) throws IOException {
    long next = headerEnd;
    int frames = 1;
    for (int model = 0; model < header.models().size(); model++) {
      if (header.models().get(model).embedded()) {
        Frame frame = Frame.read(source, next, salt);
        readModel(frame, model);
        next = frame.end();
        frames++;
      }
    }
    for (Footer.Section section : footer.sections()) {
      if (section.offset() != next) {
        throw new DamagedFileException(next, "a section should stand here");
      }
      next = Frame.read(source, next, salt).end();
      frames++;
    }
    Frame frame = Frame.read(source, next, salt);
    while (frame.kind() >= 'a' && frame.kind() <= 'z' && frame.ordinal() == frames) {
      frame = Frame.read(source, frame.end(), salt);
    }
    if (frame.kind() != Frame.FOOTER) {
      throw new DamagedFileException(frame.offset(), "the footer should stand here");
    }
  }

  /**
   * Reads an embedded model's bytes, which have the hash that the header says.
   *
   * @param number its place in the header
   */
  public byte[] readModel(int number) throws IOException {
    long next = headerEnd;
    for (int before = 0; before < number; before++) {
      if (header.models().get(before).embedded()) {
        next = Frame.read(source, next, salt).end();
      }
    }
    return readModel(Frame.read(source, next, salt), number);
  }

  private byte[] readModel(Frame frame, int model) throws IOException {
    try {
      ByteReader head = frame.headReader();
      int number = head.count(header.models().size() - 1, "a model's number");
      head.expectEnd("a model's head");
      byte[] body = source.read(frame.bodyOffset(), frame.bodyLength());
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      if (number != model
          || !HexFormat.of().formatHex(hash).equals(header.models().get(model).hash())) {
        throw new DamagedFileException(
            frame.bodyOffset(), "a model is not the one that the header names");
      }
      return body;
    } catch (MalformedBytesException e) {
      throw damaged(e);
    } catch (EOFException e) {
      throw new DamagedFileException(source.size(), "the file ends within a model");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Reads the head of a section that the footer lists.
   *
   * @param index its place among the sections
   */
  public SectionHead readSection(Footer.Section section, int index) throws IOException {
    Frame frame = Frame.read(source, section.offset(), salt);
    int kind = section instanceof Footer.Section.Block ? Frame.BLOCK : Frame.DISTRIBUTIONS;
    if (frame.kind() != kind
        || frame.ordinal() != framesBeforeSections + index
        || frame.check() != section.check()) {
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
                    BlockHead.read(frame.headReader(), frame.bodyLength(), header),
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
        throw mismatch(offset);
      }
      return new ByteReader(bytes, offset);
    } catch (EOFException e) {
      throw endsWithin(block);
    }
  }

  /** Reads all streams of a block, one after the other, and checks their checksums. */
  public byte[] readStreams(SectionHead.Block block) throws IOException {
    int[] lengths = block.head().lengths();
    int total = Arrays.stream(lengths).sum();
    try {
      byte[] bytes = source.read(block.streamsOffset(), total);
      int from = 0;
      for (int stream = 0; stream < lengths.length; stream++) {
        if (lengths[stream] > 0
            && Checksum.of(bytes, from, lengths[stream]) != block.head().checks()[stream]) {
          throw mismatch(block.streamsOffset() + from);
        }
        from += lengths[stream];
      }
      return bytes;
    } catch (EOFException e) {
      throw endsWithin(block);
    }
  }

  private static DamagedFileException mismatch(long offset) {
    return new DamagedFileException(offset, "a stream's checksum does not match");
  }

  private DamagedFileException endsWithin(SectionHead.Block block) throws IOException {
    return new DamagedFileException(
        source.size(), "the file ends within a block that starts at byte " + block.offset());
  }

  /**
   * What is left of a damaged file.
   *
   * @param sections every section whose frame has a right checksum, in order of the file; where
   *     there is a footer, only those that it lists
   * @param footer the footer, if it is whole
   */
  public record Found(List<SectionHead> sections, Optional<Footer> footer) {
    /** Copies the list. */
    public Found {
      sections = List.copyOf(sections);
    }
  }

  /** Looks for frames without the trailer's help, for files whose end or sections are damaged. */
  public Found findSections() throws IOException {
    List<SectionHead> found = new ArrayList<>();
    Map<Integer, Integer> checks = new HashMap<>();
    Optional<Footer> footer = Optional.empty();
    MarkerSearch search = new MarkerSearch(source);
    // A hostile file may hold nothing but markers that promise long frames; reading them all would
    // never end.
    long budget = 64 * source.size();
    long position = sectionsFrom + 1;
    while (true) {
      long marker = search.next(position);
      if (marker < 0 || budget < 0) {
        return new Found(listed(found, checks, footer), footer);
      }
      position = marker + 1;
      try {
        Frame frame = Frame.read(source, marker, salt);
        // Whatever a frame with a right checksum holds, its head holds no other frame.
        position = marker + Frame.PREFIX_LENGTH + frame.head().length;
        Optional<SectionHead> section = parsed(frame);
        if (section.isPresent()) {
          found.add(section.get());
          checks.put(found.size() - 1, frame.check());
        } else if (frame.kind() == Frame.FOOTER) {
          footer = Optional.of(parsedFooter(frame));
        }
      } catch (DamagedFileException e) {
        // Bytes that look like a marker, or a damaged frame: neither is a section.
        budget -= Frame.promisedLength(source, marker);
      }
    }
  }

  /**
   * The sections that the footer lists. Others, from a file with the same header, would be right
   * but for the footer.
   */
  private List<SectionHead> listed(
      List<SectionHead> found, Map<Integer, Integer> checks, Optional<Footer> footer) {
    if (footer.isEmpty()) {
      return found;
    }
    List<Footer.Section> sections = footer.get().sections();
    List<SectionHead> listed = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      int index = found.get(i).ordinal() - framesBeforeSections;
      if (index >= 0
          && index < sections.size()
          && Objects.equals(checks.get(i), sections.get(index).check())) {
        listed.add(found.get(i));
      }
    }
    return listed;
  }
}
