package org.jetfold.root.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The ROOT file around an RNTuple: header, root directory, blobs, the list of keys. All seeks have
 * 64 bits, so that a file may grow beyond 2 GB. Nothing in it depends on the time. Not thread-safe.
 */
final class FileFrame implements Closeable {
  private static final int ROOT_VERSION = 63400;
  private static final int BIG = 1_000_000;
  private static final int BEGIN = 100;
  private static final int DATE =
      (1 << 22) | (1 << 17); // ROOT needs a date: the first of January 1995, its first

  private final FileChannel channel;
  private final String name;
  private long position;

  /** A file with nothing in it but room for the header. */
  FileFrame(Path file, String name) throws IOException {
    this.name = name;
    channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    position = BEGIN;
    append(rootDirectory(0, 0).toArray());
  }

  private long append(byte[] bytes) throws IOException {
    long at = position;
    write(bytes, at);
    position += bytes.length;
    return at;
  }

  private void write(byte[] bytes, long at) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer, at + buffer.position());
    }
  }

  private static Bytes big() {
    return new Bytes(ByteOrder.BIG_ENDIAN);
  }

  private static Bytes key(
      String className, String name, String title, int objectBytes, long seek, long parent) {
    Bytes text = big().shortText(className).shortText(name).shortText(title);
    int keyBytes = 34 + text.size();
    return big()
        .u4(keyBytes + objectBytes)
        .u2(1004)
        .u4(objectBytes)
        .u4(DATE)
        .u2(keyBytes)
        .u2(1)
        .u8(seek)
        .u8(parent)
        .raw(text.toArray());
  }

  private Bytes rootDirectory(long seekKeys, int keyListBytes) {
    Bytes names = big().shortText(name).shortText("");
    Bytes directory = big();
    int nameBytes = key("TFile", name, "", 0, BEGIN, 0).size() + names.size();
    directory
        .u2(1005)
        .u4(DATE)
        .u4(DATE)
        .u4(keyListBytes)
        .u4(nameBytes)
        .u8(BEGIN)
        .u8(0)
        .u8(seekKeys);
    directory.u2(1).u8(0).u8(0); // a UUID of zeros
    int objectBytes = names.size() + directory.size();
    return key("TFile", name, "", objectBytes, BEGIN, 0)
        .raw(names.toArray())
        .raw(directory.toArray());
  }

  /** Appends a blob and returns the offset of its bytes. */
  long blob(byte[] bytes) throws IOException {
    Bytes key = key("RBlob", "", "", bytes.length, position, BEGIN);
    int keyBytes = key.size();
    return append(key.raw(bytes).toArray()) + keyBytes;
  }

  /** Writes an object, the list of keys with it, and the header; the file is complete then. */
  void finish(String className, String objectName, byte[] object, byte[] streamerInfos)
      throws IOException {
    byte[] objectKey = key(className, objectName, "", object.length, position, BEGIN).toArray();
    append(objectKey);
    append(object);

    long infoSeek = position;
    Bytes info =
        key("TList", "StreamerInfo", "Doubly linked list", streamerInfos.length, position, BEGIN);
    info.raw(streamerInfos);
    append(info.toArray());

    long keysSeek = position;
    Bytes keys = big().u4(1).raw(objectKey);
    Bytes keyList = key("TFile", name, "", keys.size(), position, BEGIN).raw(keys.toArray());
    append(keyList.toArray());

    long freeSeek = position;
    int freeBytes = 18;
    Bytes free = key("TFile", name, "", freeBytes, position, BEGIN);
    long end = position + free.size() + freeBytes;
    free.u2(1001).u8(end).u8(Math.max(2_000_000_000L, 2 * end));
    append(free.toArray());

    write(rootDirectory(keysSeek, keyList.size()).toArray(), BEGIN);
    Bytes header = big().raw(new byte[] {'r', 'o', 'o', 't'}).u4(ROOT_VERSION + BIG).u4(BEGIN);
    header.u8(end).u8(freeSeek).u4(free.size()).u4(1);
    header.u4(
        key("TFile", name, "", 0, BEGIN, 0).size() + big().shortText(name).shortText("").size());
    header.u1(8).u4(Packing.SETTINGS).u8(infoSeek).u4(info.size());
    header.u2(1).u8(0).u8(0); // a UUID of zeros
    write(header.toArray(), 0);
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
