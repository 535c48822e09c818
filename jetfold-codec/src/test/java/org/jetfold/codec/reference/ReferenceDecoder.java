package org.jetfold.codec.reference;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Reads a whole file from front to back, as docs/format.md describes it, and checks all that the
 * document demands.
 */
public final class ReferenceDecoder {
  private static final byte[] MAGIC = HexFormat.of().parseHex("8A4A4554460D0A1A");
  private static final byte[] MARKER = HexFormat.of().parseHex("F76A660A");
  private static final byte[] END = HexFormat.of().parseHex("1A465445");

  /** The kind of models that section 12 describes. */
  private static final int DENSITY = 1;

  /** The kind of models that section 13 describes. */
  private static final int AUTOENCODER = 2;

  private final byte[] file;
  private byte[] salt;
  private long at = 10;
  private long upperCaseFrames;
  private HeaderFields header;
  private final List<BoundModel> models = new ArrayList<>();
  private final List<BoundAutoencoder> autoencoders = new ArrayList<>();
  private final List<DecodedBlock> blocks = new ArrayList<>();
  private final List<Frame> sections = new ArrayList<>();
  private SegmentFields segment;
  private long distributionsOrdinal;
  private long rootEntries;

  private ReferenceDecoder(byte[] file) {
    this.file = file;
    this.salt = Arrays.copyOf(file, 10);
  }

  /**
   * A whole file.
   *
   * @param header what it says of itself
   * @param blocks in their order
   */
  public record Decoded(HeaderFields header, List<DecodedBlock> blocks) {}

  /**
   * Decodes a file.
   *
   * @throws FileError where it is not as the document says
   */
  public static Decoded decode(byte[] file) {
    ReferenceDecoder decoder = new ReferenceDecoder(file);
    decoder.readAll();
    return new Decoded(decoder.header, decoder.blocks);
  }

  private record Frame(
      int kind, long ordinal, long offset, long headOffset, long bodyOffset, long end, int check) {
    ByteCursor head(byte[] file) {
      return new ByteCursor(file, headOffset, bodyOffset);
    }
  }

  private void readAll() {
    int compared = Math.min(file.length, MAGIC.length);
    if (compared == 0 || !Arrays.equals(file, 0, compared, MAGIC, 0, compared)) {
      throw FileError.unsupported("another kind of file");
    }
    if (file.length < 10) {
      throw FileError.damaged(file.length, "the file ends early");
    }
    if (file[8] != 1) {
      throw FileError.unsupported("major version " + file[8]);
    }
    Frame first = readFrame();
    if (first.kind() != 'H' || first.end() != first.bodyOffset()) {
      throw FileError.damaged(first.offset(), "no header");
    }
    header = HeaderFields.read(first.head(file));
    salt = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(first.check()).array();
    requireKnownModels();
    long firstOffset = readModels(first.offset());
    Frame frame = readFrame();
    while (frame.kind() == 'T' || frame.kind() == 'B') {
      readSection(frame);
      frame = readFrame();
    }
    while (frame.kind() >= 'a' && frame.kind() <= 'z') {
      frame = readFrame();
    }
    if (frame.kind() != 'F' || frame.end() != frame.bodyOffset()) {
      throw FileError.damaged(frame.offset(), "a footer should stand here");
    }
    checkFooter(FooterFields.read(frame.head(file), header, firstOffset), frame.offset());
    readTrailer(frame.offset());
  }

  private Frame readFrame() {
    ByteCursor in = new ByteCursor(file, at, file.length);
    byte[] prefix = new ByteCursor(file, at, file.length).bytes(17);
    if (!Arrays.equals(in.bytes(4), MARKER)) {
      throw FileError.damaged(at, "no marker");
    }
    int kind = in.u8();
    long ordinal = in.u32();
    long headLength = in.u32();
    long bodyLength = in.u32();
    int check = (int) in.u32();
    long headOffset = in.offset();
    if (headLength > Integer.MAX_VALUE || bodyLength > Integer.MAX_VALUE) {
      throw FileError.damaged(at, "a length is out of range");
    }
    byte[] head = in.bytes(headLength);
    Frame frame =
        new Frame(
            kind,
            ordinal,
            at,
            headOffset,
            headOffset + headLength,
            headOffset + headLength + bodyLength,
            check);
    if (check != crc(salt, prefix, head)) {
      throw FileError.damaged(at, "a frame's checksum");
    }
    if (frame.end() > file.length || ordinal != upperCaseFrames) {
      throw FileError.damaged(at, "a frame's body is cut, or its number is wrong");
    }
    upperCaseFrames += kind >= 'A' && kind <= 'Z' ? 1 : 0;
    at = frame.end();
    return frame;
  }

  private static int crc(byte[]... parts) {
    CRC32C crc = new CRC32C();
    for (byte[] part : parts) {
      crc.update(part);
    }
    return (int) crc.getValue();
  }

  /** Returns the offset of the last frame read. */
  private long readModels(long headerOffset) {
    long offset = headerOffset;
    for (int model = 0; model < header.models().size(); model++) {
      if (!header.models().get(model).embedded()) {
        continue;
      }
      Frame frame = readFrame();
      ByteCursor head = frame.head(file);
      if (frame.kind() != 'M' || head.varint(Integer.MAX_VALUE) != model) {
        throw FileError.damaged(frame.offset(), "another model should stand here");
      }
      head.expectEnd();
      byte[] body = Arrays.copyOfRange(file, (int) frame.bodyOffset(), (int) frame.end());
      if (!sha256(body).equals(header.models().get(model).hash())) {
        throw FileError.damaged(frame.bodyOffset(), "a model's hash");
      }
      offset = frame.offset();
      if (isUsed(model) && header.models().get(model).kind() == AUTOENCODER) {
        autoencoders.add(BoundAutoencoder.bind(new AutoencoderNetwork(body), model, header));
      }
      if (isUsed(model) && header.models().get(model).kind() == DENSITY) {
        models.add(BoundModel.bind(LearnedModel.read(body), model, header));
      }
    }
    return offset;
  }

  private boolean isUsed(int model) {
    return header.columns().stream().anyMatch(column -> column.coding() == model + 1);
  }

  /** Models outside the file are not looked for. */
  private void requireKnownModels() {
    for (int model = 0; model < header.models().size(); model++) {
      HeaderFields.Model named = header.models().get(model);
      boolean known = named.kind() == DENSITY || named.latents() > 0;
      if (isUsed(model) && (!known || !named.embedded())) {
        throw FileError.unsupported("a model of another kind, or that is not in the file");
      }
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void readSection(Frame frame) {
    sections.add(frame);
    if (frame.kind() == 'T') {
      if (frame.end() != frame.bodyOffset()) {
        throw FileError.damaged(frame.offset(), "distributions have a body");
      }
      byte[] head = Arrays.copyOfRange(file, (int) frame.headOffset(), (int) frame.bodyOffset());
      segment = SegmentFields.read(head, frame.headOffset(), header);
      distributionsOrdinal = frame.ordinal();
      return;
    }
    if (segment == null) {
      throw FileError.damaged(frame.offset(), "a block before any distributions");
    }
    BlockFields block = new BlockFields(header, segment, models, autoencoders);
    BlockFields.Place place = block.read(file, frame.head(file), frame.bodyOffset(), frame.end());
    if (place.back() != frame.ordinal() - distributionsOrdinal || place.first() != rootEntries) {
      throw FileError.damaged(frame.offset(), "a block stands in the wrong place");
    }
    DecodedBlock decoded = block.decoded();
    rootEntries += decoded.entries()[0];
    blocks.add(decoded);
  }

  private void checkFooter(FooterFields footer, long offset) {
    BigInteger[] totals = new BigInteger[header.groups().size()];
    Arrays.fill(totals, BigInteger.ZERO);
    for (DecodedBlock block : blocks) {
      for (int group = 0; group < totals.length; group++) {
        totals[group] = totals[group].add(BigInteger.valueOf(block.entries()[group]));
      }
    }
    if (footer.sections().size() != sections.size()
        || !footer.totals().equals(Arrays.asList(totals))) {
      throw FileError.damaged(offset, "the footer contradicts the blocks");
    }
    int block = 0;
    for (int i = 0; i < sections.size(); i++) {
      Frame frame = sections.get(i);
      FooterFields.Section listed = footer.sections().get(i);
      if (listed.kind() != frame.kind()
          || listed.check() != frame.check()
          || !listed.offset().equals(BigInteger.valueOf(frame.offset()))) {
        throw FileError.damaged(offset, "the footer lists another section");
      }
      if (frame.kind() == 'B') {
        checkStatistics(listed, blocks.get(block++), offset);
      }
    }
  }

  private void checkStatistics(FooterFields.Section listed, DecodedBlock block, long offset) {
    if (!listed.entries().equals(Arrays.stream(block.entries()).boxed().toList())) {
      throw FileError.damaged(offset, "the footer states other entries");
    }
    for (int column = 0; column < header.columns().size(); column++) {
      FooterFields.Statistics statistics = listed.columns().get(column);
      long[] range = DecodedBlock.range(header.columns().get(column), block.values()[column]);
      boolean same =
          statistics.nans()
              == DecodedBlock.nans(header.columns().get(column), block.values()[column]);
      same &=
          range == null
              ? !statistics.hasRange()
              : statistics.hasRange()
                  && statistics.minimum() == range[0]
                  && statistics.maximum() == range[1];
      if (!same || !(statistics.error() >= 0)) {
        throw FileError.damaged(offset, "the footer states another range, or no error");
      }
    }
  }

  private void readTrailer(long footerOffset) {
    ByteCursor in = new ByteCursor(file, at, file.length);
    byte[] place = in.bytes(8);
    boolean right =
        ByteBuffer.wrap(place).order(ByteOrder.LITTLE_ENDIAN).getLong() == footerOffset
            && (int) in.u32() == crc(salt, place)
            && Arrays.equals(in.bytes(4), END);
    in.expectEnd();
    if (!right) {
      throw FileError.damaged(at, "the trailer");
    }
  }
}
