package org.jetfold.cli.compare;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The system's libzfp (Debian: libzfp1), a compressor of floating-point arrays, by its C functions.
 * Not thread-safe.
 *
 * @see <a href="https://zfp.readthedocs.io/en/release1.0.0/high-level-api.html">the functions</a>
 */
final class ZfpLibrary {
  private static final String[] NAMES = {"libzfp.so.1", "libzfp.so.0", "libzfp.so", "libzfp.dylib"};
  private static final ValueLayout.OfLong SIZE = ValueLayout.JAVA_LONG;

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup symbols;
  private final MethodHandle openStream;
  private final MethodHandle closeStream;
  private final MethodHandle setAccuracy;
  private final MethodHandle openBits;
  private final MethodHandle closeBits;
  private final MethodHandle setBits;
  private final MethodHandle rewind;
  private final MethodHandle field;
  private final MethodHandle freeField;
  private final MethodHandle maximumSize;
  private final MethodHandle compress;
  private final MethodHandle decompress;

  private ZfpLibrary(SymbolLookup symbols) {
    this.symbols = symbols;
    ValueLayout address = ValueLayout.ADDRESS;
    openStream = function("zfp_stream_open", FunctionDescriptor.of(address, address));
    closeStream = function("zfp_stream_close", FunctionDescriptor.ofVoid(address));
    setAccuracy =
        function(
            "zfp_stream_set_accuracy",
            FunctionDescriptor.of(ValueLayout.JAVA_DOUBLE, address, ValueLayout.JAVA_DOUBLE));
    openBits = function("stream_open", FunctionDescriptor.of(address, address, SIZE));
    closeBits = function("stream_close", FunctionDescriptor.ofVoid(address));
    setBits = function("zfp_stream_set_bit_stream", FunctionDescriptor.ofVoid(address, address));
    rewind = function("zfp_stream_rewind", FunctionDescriptor.ofVoid(address));
    field =
        function(
            "zfp_field_1d", FunctionDescriptor.of(address, address, ValueLayout.JAVA_INT, SIZE));
    freeField = function("zfp_field_free", FunctionDescriptor.ofVoid(address));
    maximumSize =
        function("zfp_stream_maximum_size", FunctionDescriptor.of(SIZE, address, address));
    compress = function("zfp_compress", FunctionDescriptor.of(SIZE, address, address));
    decompress = function("zfp_decompress", FunctionDescriptor.of(SIZE, address, address));
  }

  /** The library; null where the system has none. */
  @SuppressWarnings("restricted")
  static @Nullable ZfpLibrary find() {
    for (String name : NAMES) {
      try {
        return new ZfpLibrary(SymbolLookup.libraryLookup(name, Arena.global()));
      } catch (IllegalArgumentException _) {
        // Not under this name.
      }
    }
    return null;
  }

  @SuppressWarnings("restricted")
  private MethodHandle function(String name, FunctionDescriptor descriptor) {
    MemorySegment symbol =
        symbols
            .find(name)
            .orElseThrow(() -> new IllegalArgumentException("this libzfp has no " + name));
    return linker.downcallHandle(symbol, descriptor);
  }

  /** The types of values, as zfp numbers them. */
  enum Type {
    FLOAT32(3),
    FLOAT64(4);

    private final int code;

    Type(int code) {
      this.code = code;
    }
  }

  /**
   * Compresses an array and restores it in place.
   *
   * @param values native memory with the array; holds the restored values afterwards
   * @param count how many values there are
   * @param tolerance the largest absolute error
   * @param encoding measures the compressing
   * @param decoding measures the decompressing
   * @return the compressed size in bytes
   */
  long roundTrip(
      MemorySegment values,
      Type type,
      long count,
      double tolerance,
      ProcessorTime encoding,
      ProcessorTime decoding) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment stream = (MemorySegment) openStream.invokeExact(MemorySegment.NULL);
      MemorySegment array = (MemorySegment) field.invokeExact(values, type.code, count);
      double _ = (double) setAccuracy.invokeExact(stream, tolerance);
      long most = (long) maximumSize.invokeExact(stream, array);
      MemorySegment bits =
          (MemorySegment) openBits.invokeExact(arena.allocate(most, Long.BYTES), most);
      setBits.invokeExact(stream, bits);
      rewind.invokeExact(stream);
      encoding.start();
      long size = (long) compress.invokeExact(stream, array);
      encoding.stop();
      rewind.invokeExact(stream);
      decoding.start();
      long read = (long) decompress.invokeExact(stream, array);
      decoding.stop();
      freeField.invokeExact(array);
      closeStream.invokeExact(stream);
      closeBits.invokeExact(bits);
      if (size == 0 || read == 0) {
        throw new IllegalStateException("libzfp could not code an array of " + count + " values");
      }
      return size;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
