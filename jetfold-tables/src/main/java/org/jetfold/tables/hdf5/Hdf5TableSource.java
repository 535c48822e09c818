package org.jetfold.tables.hdf5;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.events.ArraySink;
import org.jetfold.tables.events.ArraySource;
import org.jetfold.tables.events.NamedArray;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SourceOptions;
import org.jspecify.annotations.Nullable;

/** Opens the 1-D and 2-D datasets of numbers in an HDF5 file as a table. */
final class Hdf5TableSource {
  /** A second dimension longer than this is no row of columns. */
  private static final long MAX_COLUMNS = 1 << 16;

  /** What every HDF5 file begins with. */
  private static final ByteBuffer SIGNATURE =
      ByteBuffer.wrap(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'})
          .asReadOnlyBuffer();

  private static final long SMALLEST_USER_BLOCK = 512;

  private Hdf5TableSource() {}

  /**
   * Opens a file.
   *
   * @param first another file of the same table; null for none
   */
  static TableSource open(
      Path path, String name, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws IOException {
    // jHDF logs through SLF4J, which would say on standard error that nobody listens.
    if (System.getProperty("slf4j.internal.verbosity") == null) {
      System.setProperty("slf4j.internal.verbosity", "ERROR");
    }
    // A channel of our own, because jHDF leaves its own open where a file is not HDF5.
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      requireSignature(channel, name);
      HdfFile file = new HdfFile(channel);
      List<NamedArray> arrays = new ArrayList<>();
      find(name, file, "", arrays, options);
      return new GuardedSource(name, new ArraySource(name, channel, arrays, options, first));
    } catch (RuntimeException e) {
      channel.close();
      throw GuardedSource.unreadable(name, e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** What jHDF says of a file without a signature is of remote files. */
  private static void requireSignature(FileChannel channel, String name) throws IOException {
    ByteBuffer found = ByteBuffer.allocate(SIGNATURE.capacity());
    // It is at the beginning, or behind a block of the user's: 512 bytes, or twice as many, …
    for (long at = 0; at < channel.size(); at = at == 0 ? SMALLEST_USER_BLOCK : 2 * at) {
      channel.read(found.clear(), at);
      if (found.flip().equals(SIGNATURE)) {
        return;
      }
    }
    throw new UnreadableTableException(
        name + ": it is no HDF5 file: it does not start with \\x89HDF");
  }

  private static void find(
      String file, Group group, String path, List<NamedArray> arrays, SourceOptions options) {
    for (Node node : group.getChildren().values()) {
      String name = path + node.getName();
      if (node instanceof Group inner) {
        find(file, inner, name + "/", arrays, options);
      } else if (node instanceof Dataset dataset) {
        add(file, dataset, name, arrays, options);
      }
    }
  }

  private static void add(
      String file, Dataset dataset, String name, List<NamedArray> arrays, SourceOptions options) {
    ValueType type = type(dataset.getDataType());
    long[] shape = dataset.getDimensionsAsLong();
    boolean wide = shape.length == 2 && shape[1] > 0 && shape[1] <= MAX_COLUMNS;
    if (type == null || (shape.length != 1 && !wide)) {
      options.warn(
          "%s: dataset %s left out: %s"
              .formatted(
                  file,
                  name,
                  type == null
                      ? "it holds no plain numbers"
                      : "it has %d dimensions".formatted(shape.length)));
      return;
    }
    String unit = text(dataset, ArraySink.UNIT);
    boolean integral = type.isFloat() && text(dataset, ArraySink.INTEGRAL) != null;
    String collection = text(dataset, ArraySink.COLLECTION);
    int width = wide ? (int) shape[1] : 1;
    for (int column = 0; column < width; column++) {
      arrays.add(
          new DatasetColumn(
              dataset,
              new Column(
                  wide ? name + "_" + column : name,
                  type,
                  unit == null ? "" : unit,
                  integral,
                  false),
              wide ? column : -1,
              collection));
    }
  }

  private static @Nullable String text(Dataset dataset, String attribute) {
    Attribute found = dataset.getAttribute(attribute);
    return found != null && found.getData() instanceof String text ? text : null;
  }

  private static @Nullable ValueType type(DataType type) {
    return switch (type) {
      case FloatingPoint floats ->
          floats.getSize() == 8
              ? ValueType.FLOAT64
              : floats.getSize() == 4 ? ValueType.FLOAT32 : null;
      case FixedPoint integers -> integer(integers);
      case EnumDataType names when names.getSize() == 1 && names.getEnumMapping().size() == 2 ->
          ValueType.BOOL;
      default -> null;
    };
  }

  private static @Nullable ValueType integer(FixedPoint type) {
    return switch (type.getSize()) {
      case 1 -> type.isSigned() ? ValueType.INT8 : ValueType.UINT8;
      case 2 -> type.isSigned() ? ValueType.INT16 : ValueType.UINT16;
      case 4 -> type.isSigned() ? ValueType.INT32 : ValueType.UINT32;
      case 8 -> type.isSigned() ? ValueType.INT64 : ValueType.UINT64;
      default -> null;
    };
  }
}
