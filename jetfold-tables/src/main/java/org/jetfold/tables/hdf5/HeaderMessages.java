package org.jetfold.tables.hdf5;

import io.jhdf.ObjectHeader;
import io.jhdf.Superblock;
import io.jhdf.Utils;
import io.jhdf.checksum.ChecksumUtils;
import io.jhdf.exceptions.HdfException;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetfold.tables.arrays.ArraySink;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of an object's header, and gives jHDF those that are needed: types that are
 * stored with another object come from there, and types of the newest versions are put as older
 * versions put them. So a message that jHDF does not know, such as somebody's attribute, makes no
 * dataset unreadable.
 */
final class HeaderMessages {
  private static final int DATASPACE = 0x01;
  private static final int LINK_INFO = 0x02;
  private static final int DATATYPE = 0x03;
  private static final int OLD_FILL_VALUE = 0x04;
  private static final int FILL_VALUE = 0x05;
  private static final int LINK = 0x06;
  private static final int EXTERNAL_FILES = 0x07;
  private static final int LAYOUT = 0x08;
  private static final int FILTERS = 0x0B;
  private static final int ATTRIBUTE = 0x0C;
  private static final int CONTINUATION = 0x10;
  private static final int SYMBOL_TABLE = 0x11;

  private static final Set<Integer> READ =
      Set.of(
          DATASPACE,
          LINK_INFO,
          DATATYPE,
          OLD_FILL_VALUE,
          FILL_VALUE,
          LINK,
          FILTERS,
          ATTRIBUTE,
          SYMBOL_TABLE);

  /** The flag of a message that is stored elsewhere. */
  private static final int SHARED = 2;

  /** Where a shared message is: in a heap of the file, not with another object. */
  private static final int IN_HEAP = 1;

  private static final String NEW_HEADER = "OHDR";
  private static final String NEW_BLOCK = "OCHK";
  private static final int CHECKSUM = 4;

  private final HdfBackingStorage storage;
  private final Superblock superblock;
  private final List<Message> messages = new ArrayList<>();

  /** A message as it is in the file. */
  private record Message(int kind, int flags, ByteBuffer content) {}

  /** Bytes that hold messages. */
  private record Block(long address, long length) {}

  /**
   * An object's header.
   *
   * @param messages what jHDF reads of it
   * @param layout where a dataset's bytes are; null for other objects
   */
  record Header(ObjectHeader messages, @Nullable ByteBuffer layout) {}

  private HeaderMessages(HdfBackingStorage storage) {
    this.storage = storage;
    superblock = storage.getSuperblock();
  }

  /**
   * Reads an object's header.
   *
   * @throws IllegalArgumentException where the object is of a kind that is not read; the message is
   *     the end of a sentence about it
   * @throws HdfException where it is damaged
   */
  static Header read(HdfBackingStorage storage, long address) {
    HeaderMessages header = new HeaderMessages(storage);
    header.readBlocks(address);
    ByteBuffer layout = null;
    List<Integer> kinds = new ArrayList<>();
    List<byte[]> contents = new ArrayList<>();
    for (Message message : header.messages) {
      if (message.kind() == EXTERNAL_FILES) {
        throw new IllegalArgumentException("its data is in another file");
      } else if (message.kind() == LAYOUT) {
        layout = message.content();
      } else if (READ.contains(message.kind())
          && (message.kind() != ATTRIBUTE || isKnownAttribute(message.content()))) {
        kinds.add(message.kind());
        contents.add(header.content(message, 0));
      }
    }
    byte[] plain = Hdf5File.header(kinds, contents);
    return new Header(
        ObjectHeader.readObjectHeader(new Overlay(storage, address, plain), address), layout);
  }

  /** A file in which an object's header is another one. */
  private static final class Overlay extends CheckedStorage {
    private final long address;
    private final byte[] header;

    Overlay(HdfBackingStorage storage, long address, byte[] header) {
      super(storage);
      this.address = address;
      this.header = header;
    }

    @Override
    public ByteBuffer readBufferFromAddress(long at, int length) {
      return at >= address && at - address <= header.length - length
          ? ByteBuffer.wrap(header, (int) (at - address), length)
              .slice()
              .order(ByteOrder.LITTLE_ENDIAN)
          : super.readBufferFromAddress(at, length);
    }
  }

  private ByteBuffer bytes(long address, long length) {
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw new HdfException("a header claims %d bytes".formatted(length));
    }
    ByteBuffer found = storage.readBufferFromAddress(address, (int) length);
    return found.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private void readBlocks(long address) {
    boolean old = bytes(address, 4).get(0) == 1;
    boolean ordered = false;
    Deque<Block> blocks = new ArrayDeque<>();
    if (old) {
      // Version, a byte, the number of messages, references, the length, and padding.
      blocks.add(new Block(address + 16, Integer.toUnsignedLong(bytes(address, 12).getInt(8))));
    } else {
      ByteBuffer start = bytes(address, 6);
      if (!isSignature(start, NEW_HEADER) || start.get(4) != 2) {
        throw new HdfException("no object header at " + address);
      }
      int flags = start.get(5);
      ordered = (flags & 4) != 0;
      int at = 6 + ((flags & 32) != 0 ? 16 : 0) + ((flags & 16) != 0 ? 4 : 0);
      int width = 1 << (flags & 3);
      long length = Utils.readBytesAsUnsignedLong(bytes(address + at, width), width);
      requireChecksum(bytes(address, Math.addExact(at + width + CHECKSUM, length)));
      blocks.add(new Block(address + at + width, length));
    }
    Set<Long> seen = new HashSet<>();
    while (!blocks.isEmpty()) {
      Block block = blocks.remove();
      if (!seen.add(block.address())) {
        throw new HdfException("a header goes on at its own beginning");
      }
      if (old) {
        readOld(bytes(block.address(), block.length()), blocks);
      } else {
        readNew(bytes(block.address(), block.length()), ordered, blocks);
      }
    }
  }

  private static boolean isSignature(ByteBuffer bytes, String signature) {
    byte[] expected = signature.getBytes(StandardCharsets.US_ASCII);
    return bytes.remaining() >= expected.length
        && bytes.slice(0, expected.length).equals(ByteBuffer.wrap(expected));
  }

  private static void requireChecksum(ByteBuffer bytes) {
    ChecksumUtils.validateChecksum(bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN));
  }

  private void readOld(ByteBuffer in, Deque<Block> blocks) {
    while (in.remaining() >= 8) {
      int kind = in.getShort() & 0xFFFF;
      int length = in.getShort() & 0xFFFF;
      int flags = in.getInt() & 0xFF;
      add(kind, flags, in, length, 0, blocks);
    }
  }

  private void readNew(ByteBuffer in, boolean ordered, Deque<Block> blocks) {
    int head = ordered ? 6 : 4;
    while (in.remaining() >= head) {
      int kind = in.get() & 0xFF;
      int length = in.getShort() & 0xFFFF;
      int flags = in.get() & 0xFF;
      in.position(in.position() + head - 4);
      add(kind, flags, in, length, CHECKSUM, blocks);
    }
  }

  private void add(int kind, int flags, ByteBuffer in, int length, int frame, Deque<Block> blocks) {
    if (length > in.remaining()) {
      throw new HdfException(
          "a message has %d bytes, but its header %d".formatted(length, in.remaining()));
    }
    ByteBuffer content = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + length);
    if (kind != CONTINUATION) {
      messages.add(new Message(kind, flags, content));
      return;
    }
    long address = Utils.readBytesAsUnsignedLong(content, superblock.getSizeOfOffsets());
    long size = Utils.readBytesAsUnsignedLong(content, superblock.getSizeOfLengths());
    if (frame > 0) {
      ByteBuffer block = bytes(address, size);
      if (!isSignature(block, NEW_BLOCK)) {
        throw new HdfException("no header block at " + address);
      }
      requireChecksum(block);
    }
    blocks.add(new Block(address + frame, size - 2L * frame));
  }

  /** The bytes of a message, as jHDF reads them. */
  private byte[] content(Message message, int depth) {
    ByteBuffer content = message.content();
    if ((message.flags() & SHARED) != 0) {
      return shared(message, depth);
    }
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    if (message.kind() == DATATYPE) {
      StoredType.downgrade(bytes);
    }
    return bytes;
  }

  /** The bytes of a message that is stored with another object. */
  private byte[] shared(Message message, int depth) {
    ByteBuffer content = message.content().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int version = content.get();
    int place = content.get();
    if (version == 3 && place == IN_HEAP) {
      throw new UnsupportedHdfException(
          "its description is in the file's table of shared messages, which is not read");
    }
    content.position(version == 1 ? 8 : 2);
    long address = Utils.readBytesAsUnsignedLong(content, superblock.getSizeOfOffsets());
    if (depth > 0) {
      throw new HdfException("a shared message is shared itself");
    }
    HeaderMessages other = new HeaderMessages(storage);
    other.readBlocks(address);
    return other.messages.stream()
        .filter(candidate -> candidate.kind() == message.kind())
        .findFirst()
        .map(found -> other.content(found, depth + 1))
        .orElseThrow(() -> new HdfException("no type is stored at " + address));
  }

  /** Whether an attribute is one that Jetfold writes; other programs' may be of any type. */
  private static boolean isKnownAttribute(ByteBuffer content) {
    int version = content.get(0);
    int start = version == 3 ? 9 : 8;
    int length = content.remaining() < start ? 0 : content.getShort(2) & 0xFFFF;
    if (length == 0 || start + length > content.remaining()) {
      return false;
    }
    byte[] name = new byte[length];
    content.duplicate().position(start).get(name);
    return ArraySink.ATTRIBUTES.contains(
        new String(name, StandardCharsets.UTF_8).replace("\0", ""));
  }
}
