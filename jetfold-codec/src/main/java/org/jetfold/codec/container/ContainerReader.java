package org.jetfold.codec.container;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.file.UnsupportedFormatException;
import org.jetfold.codec.model.LearnedModel;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of a file, each checked against its checksum before anything of it is used
 * (docs/format.md section 3). Safe for use by several threads.
 */
public final class ContainerReader {
  /** Most headers are shorter. */
  private static final int USUAL_HEADER_LENGTH = 1 << 12;

  /** What stands in a block's head before the entries of its groups, and behind. */
  private static final int MAX_BLOCK_FIELDS = 64;

  /** A longer head is read with a call of its own: its length may be wrong. */
  private static final int MAX_EXPECTED_HEAD = 1 << 20;

  private final ByteSource source;
  private final String version;
  private final byte[] salt;
  private final FileHeader header;
  private final long headerEnd;
  private final int framesBeforeSections;
  private volatile @Nullable Footer footer;

  /**
   * Reads the header.
   *
   * @throws UnsupportedFormatException where the bytes are not a Jetfold file, or have an unknown
   *     version or feature
   * @throws DamagedFileException where the header is damaged
   */
  public ContainerReader(ByteSource source) throws IOException {
    this(source, source);
  }

  /**
   * Reads the header from other bytes.
   *
   * @param start those that the source starts with, to behind the header or further
   */
  public ContainerReader(ByteSource source, ByteSource start) throws IOException {
    this.source = source;
    byte[] firstBytes = FileStart.read(start);
    version = FileStart.version(firstBytes);
    Frame frame =
        Frame.read(
            start,
            firstBytes.length,
            expected(Math.min(start.size(), USUAL_HEADER_LENGTH) - firstBytes.length),
            firstBytes);
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
  }

  /**
   * How long a frame's head may be.
   *
   * @param length what there is of the frame, or behind
   */
  private static int expected(long length) {
    return Math.clamp(length - Frame.PREFIX_LENGTH, 0, MAX_EXPECTED_HEAD);
  }

  /** Where the last frame before the sections starts: the header, or the last embedded model. */
  private long lastBeforeSections() throws IOException {
    long offset = FormatVersion.START_LENGTH;
    long next = headerEnd;
    for (int ordinal = 1; ordinal < framesBeforeSections; ordinal++) {
      Frame model = Frame.read(source, next, salt);
      if (model.kind() != Frame.MODEL || model.ordinal() != ordinal) {
        throw new DamagedFileException(next, "a model should stand here");
      }
      offset = next;
      next = model.end();
    }
    return offset;
  }

  /** The bytes that the file starts with, to the end of the header. */
  public byte[] start() throws IOException {
    return source.read(0, Math.toIntExact(headerEnd));
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

  /** The footer; read, with the trailer, when it is first asked for. */
  public Footer footer() throws IOException {
    Footer known = footer;
    if (known == null) {
      known = readFooter();
      footer = known;
    }
    return known;
  }

  private Footer readFooter() throws IOException {
    long sectionsFrom = lastBeforeSections();
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
    Frame frame = Frame.read(source, footerOffset, expected(trailerOffset - footerOffset), salt);
    if (frame.kind() != Frame.FOOTER || frame.end() != trailerOffset) {
      throw new DamagedFileException(footerOffset, "the footer should stand here");
    }
    return parsedFooter(frame, sectionsFrom, frame.offset());
  }

  /**
   * The fields of a footer.
   *
   * @param end where the last section ends
   */
  Footer parsedFooter(Frame frame, long sectionsFrom, long end) throws DamagedFileException {
    try {
      Footer parsed = FooterFields.read(frame.headReader(), header, sectionsFrom, end);
      if (frame.ordinal() != framesBeforeSections + parsed.sections().size()
          || frame.bodyLength() != 0) {
        throw new DamagedFileException(
            frame.offset(), "the footer's number is not that of the frames before it");
      }
      return parsed;
    } catch (MalformedBytesException e) {
      throw damaged(e);
    }
  }

  /**
   * Walks through all frames, which must follow one another without gaps: the embedded models, each
   * with its hash; the sections that the footer lists; frames that a newer version may have added;
   * the footer.
   */
  public void verifyFrames() throws IOException {
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
    for (Footer.Section section : footer().sections()) {
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
      if (number != model || !LearnedModel.hashOf(body).equals(header.models().get(model).hash())) {
        throw new DamagedFileException(
            frame.bodyOffset(), "a model is not the one that the header names");
      }
      return body;
    } catch (MalformedBytesException e) {
      throw damaged(e);
    } catch (EOFException e) {
      throw new DamagedFileException(source.size(), "the file ends within a model");
    }
  }

  /** Which of the sections a frame is, where it is one of them; else below 0 or too large. */
  int sectionOf(int ordinal) {
    return ordinal - framesBeforeSections;
  }

  /** Reads distributions that the footer lists. */
  public SectionHead.Distributions read(Footer.Section.Distributions section) throws IOException {
    return parsedDistributions(readFrame(section, Frame.DISTRIBUTIONS, MAX_EXPECTED_HEAD));
  }

  /** Reads the head of a block that the footer lists, and checks that it is as listed. */
  public SectionHead.Block read(Footer.Section.Block section) throws IOException {
    int fields = MAX_BLOCK_FIELDS + section.entries().size() * Integer.BYTES;
    long usual = fields + (long) header.streams() * (Integer.BYTES + Integer.BYTES);
    SectionHead.Block block = parsedBlock(readFrame(section, Frame.BLOCK, usual));
    boolean isAsListed = block.head().first() == section.first();
    for (int group = 0; group < section.entries().size(); group++) {
      isAsListed &= block.head().entries()[group] == section.entries().get(group);
    }
    if (!isAsListed) {
      throw new DamagedFileException(block.offset(), "a block's entries contradict the footer");
    }
    return block;
  }

  private Frame readFrame(Footer.Section section, int kind, long usualHead) throws IOException {
    long length = Math.min(section.end() - section.offset(), Frame.PREFIX_LENGTH + usualHead);
    Frame frame = Frame.read(source, section.offset(), expected(length), salt);
    if (frame.kind() != kind
        || frame.ordinal() != framesBeforeSections + section.index()
        || frame.check() != section.check()) {
      throw new DamagedFileException(section.offset(), "another section should stand here");
    }
    if (frame.end() > section.end()) {
      throw new DamagedFileException(
          section.end(), "a section should stand here, but the one before does not end");
    }
    return frame;
  }

  static SectionHead.Distributions parsedDistributions(Frame frame) throws DamagedFileException {
    if (frame.bodyLength() != 0) {
      throw new DamagedFileException(frame.offset(), "distributions have a body");
    }
    return new SectionHead.Distributions(
        frame.head(),
        frame.offset() + Frame.PREFIX_LENGTH,
        frame.ordinal(),
        frame.offset(),
        frame.end());
  }

  SectionHead.Block parsedBlock(Frame frame) throws DamagedFileException {
    try {
      return new SectionHead.Block(
          BlockHead.read(frame.headReader(), frame.bodyLength(), header),
          frame.bodyOffset(),
          frame.ordinal(),
          frame.offset(),
          frame.end());
    } catch (MalformedBytesException e) {
      throw damaged(e);
    }
  }

  /** The bytes of a stream, and where they stand in the file. */
  public record StreamBytes(byte[] bytes, long offset) {
    /** A reader of them, whose offsets count from the file's start. */
    public ByteReader reader() {
      return new ByteReader(bytes, offset);
    }
  }

  /**
   * Reads streams of a block, neighbours together, and checks their checksums.
   *
   * @param streams in increasing order
   * @return the bytes of each
   */
  public List<StreamBytes> readStreams(SectionHead.Block block, int... streams) throws IOException {
    int[] lengths = block.head().lengths();
    List<ByteSource.Range> ranges = new ArrayList<>();
    long offset = block.streamsOffset();
    int next = 0;
    for (int stream : streams) {
      for (; next < stream; next++) {
        offset += lengths[next];
      }
      ranges.add(new ByteSource.Range(offset, lengths[stream]));
    }
    try {
      List<byte[]> read = source.readRanges(ranges);
      List<StreamBytes> found = new ArrayList<>();
      for (int i = 0; i < streams.length; i++) {
        byte[] bytes = read.get(i);
        if (bytes.length > 0
            && Checksum.of(bytes, 0, bytes.length) != block.head().checks()[streams[i]]) {
          throw mismatch(ranges.get(i).position());
        }
        found.add(new StreamBytes(bytes, ranges.get(i).position()));
      }
      return found;
    } catch (EOFException e) {
      throw endsWithin(block);
    }
  }

  /** Reads all streams of a block, one after the other, and checks their checksums. */
  public byte[] readAllStreams(SectionHead.Block block) throws IOException {
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
    return new SectionSearch(this, source, salt).find(lastBeforeSections());
  }
}
