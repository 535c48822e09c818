package org.jetfold.tables.hdf5;

import io.jhdf.Superblock;
import io.jhdf.exceptions.HdfException;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A file's bytes for jHDF, which takes the lengths that a file tells at their word: here nothing is
 * allocated for bytes that the file does not have, nothing is mapped into memory, and what refers
 * to itself comes to an end. Not thread-safe.
 */
class CheckedStorage implements HdfBackingStorage {
  /** What a read counts for beside its bytes. */
  private static final int READ = 64;

  private final HdfBackingStorage storage;
  private long left;

  /** A file of which anything may be read, as often as it takes. */
  CheckedStorage(HdfBackingStorage storage) {
    this(storage, Long.MAX_VALUE);
  }

  private CheckedStorage(HdfBackingStorage storage, long left) {
    this.storage = storage;
    this.left = left;
  }

  /** A file of whose structure no more is read than it can have. */
  static CheckedStorage ofStructure(HdfBackingStorage storage) {
    return new CheckedStorage(storage, (1L << 24) + 16 * storage.size());
  }

  private void require(long address, long length) {
    if (length < 0 || address < 0 || length > storage.size() || address > storage.size() - length) {
      throw new HdfException("%d bytes at %d are not in the file".formatted(length, address));
    }
    left -= length + READ;
    if (left < 0) {
      throw new HdfException("its objects refer to each other without end");
    }
  }

  @Override
  public ByteBuffer readBufferFromAddress(long address, int length) {
    require(address, length);
    return storage.readBufferFromAddress(address, length);
  }

  @Override
  public ByteBuffer map(long address, long length) {
    require(address, length);
    return storage.readBufferFromAddress(address, Math.toIntExact(length));
  }

  @Override
  public ByteBuffer mapNoOffset(long address, long length) {
    return map(address - getUserBlockSize(), length);
  }

  @Override
  public long getUserBlockSize() {
    return storage.getUserBlockSize();
  }

  @Override
  public Superblock getSuperblock() {
    return storage.getSuperblock();
  }

  @Override
  public FileChannel getFileChannel() {
    return storage.getFileChannel();
  }

  @Override
  public int getSizeOfOffsets() {
    return storage.getSizeOfOffsets();
  }

  @Override
  public int getSizeOfLengths() {
    return storage.getSizeOfLengths();
  }

  @Override
  public void close() {
    storage.close();
  }

  @Override
  public long size() {
    return storage.size();
  }

  @Override
  public boolean inMemory() {
    return storage.inMemory();
  }
}
