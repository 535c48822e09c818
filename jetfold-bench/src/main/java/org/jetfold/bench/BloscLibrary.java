package org.jetfold.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The system's Blosc (Debian: libblosc1): bit shuffling before zstd, on one thread. Not
 * thread-safe.
 *
 * @see <a href="https://github.com/Blosc/c-blosc/blob/v1.21.1/blosc/blosc.h">the functions</a>
 */
final class BloscLibrary {
  private static final int LEVEL = 5;
  private static final int BIT_SHUFFLE = 2;

  /** What Blosc adds to bytes that it cannot make fewer. */
  private static final int MAX_OVERHEAD = 16;

  private final MethodHandle compress;
  private final MethodHandle decompress;
  private final MemorySegment zstd = Arena.global().allocateFrom("zstd");

  private BloscLibrary(SymbolLookup symbols) {
    ValueLayout address = ValueLayout.ADDRESS;
    ValueLayout.OfInt number = ValueLayout.JAVA_INT;
    ValueLayout.OfLong size = ValueLayout.JAVA_LONG;
    compress =
        function(
            symbols,
            "blosc_compress_ctx",
            FunctionDescriptor.of(
                number, number, number, size, size, address, address, size, address, size, number));
    decompress =
        function(
            symbols,
            "blosc_decompress_ctx",
            FunctionDescriptor.of(number, address, address, size, number));
  }

  /** The library; null where the system has none. */
  @SuppressWarnings("restricted")
  static @Nullable BloscLibrary find() {
    try {
      return new BloscLibrary(SymbolLookup.libraryLookup("libblosc.so.1", Arena.global()));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(
      SymbolLookup symbols, String name, FunctionDescriptor descriptor) {
    return Linker.nativeLinker().downcallHandle(symbols.find(name).orElseThrow(), descriptor);
  }

  /** Compresses 32-bit values. */
  byte[] compress(byte[] bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment from = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      MemorySegment to = arena.allocate(bytes.length + MAX_OVERHEAD);
      int size =
          (int)
              compress.invokeExact(
                  LEVEL,
                  BIT_SHUFFLE,
                  (long) Float.BYTES,
                  from.byteSize(),
                  from,
                  to,
                  to.byteSize(),
                  zstd,
                  0L,
                  1);
      return done(to, size);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Restores so many bytes. */
  byte[] decompress(byte[] compressed, int length) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment from = arena.allocateFrom(ValueLayout.JAVA_BYTE, compressed);
      MemorySegment to = arena.allocate(length);
      int size = (int) decompress.invokeExact(from, to, to.byteSize(), 1);
      return done(to, size);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] done(MemorySegment bytes, int size) {
    if (size <= 0) {
      throw new IllegalStateException("Blosc failed with " + size);
    }
    return bytes.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
  }
}
