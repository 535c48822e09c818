package org.jetfold.tables.hdf5;

import io.jhdf.HdfFile;
import io.jhdf.exceptions.HdfException;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.DataType;
import io.jhdf.storage.HdfBackingStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.arrays.ArraySink;
import org.jetfold.tables.arrays.ArraySource;
import org.jetfold.tables.arrays.NamedArray;
import org.jetfold.tables.arrays.RowLayout;
import org.jetfold.tables.events.LeftOut;
import org.jetfold.tables.events.VariableSource;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.rows.FreeName;
import org.jspecify.annotations.Nullable;

/** Opens the datasets of numbers in an HDF5 file as a table. */
final class Hdf5Source {
  /** What every HDF5 file begins with. */
  private static final ByteBuffer SIGNATURE =
      ByteBuffer.wrap(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'})
          .asReadOnlyBuffer();

  private static final long SMALLEST_USER_BLOCK = 512;

  private final String name;
  private final HdfFile file;
  private final HdfBackingStorage storage;
  private final HdfBackingStorage structure;
  private final LeftOut leftOut;
  private final ChunkCache cache = new ChunkCache();
  private final List<Member> datasets = new ArrayList<>();

  private Hdf5Source(String name, HdfFile file) {
    this.name = name;
    this.file = file;
    storage = new CheckedStorage(file.getHdfBackingStorage());
    structure = CheckedStorage.ofStructure(file.getHdfBackingStorage());
    leftOut = new LeftOut(name);
  }

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
      return new Hdf5Source(name, new HdfFile(channel)).open(channel, options, first);
    } catch (IOException | JetfoldException e) {
      channel.close();
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      channel.close();
      throw new UnreadableTableException(
          "%s: it is damaged, or of a kind of HDF5 that is not read: %s".formatted(name, reason(e)),
          e);
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

  /** What jHDF says of a failure: its first cause is nearest to the bytes. */
  static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause().getMessage() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof StackOverflowError) {
      return "its objects refer to each other in a circle";
    }
    String message = String.valueOf(cause.getMessage());
    // What Java says of an index or a null is of no use to who reads it.
    return cause instanceof HdfException || cause instanceof IllegalArgumentException
        ? message
        : "its structure is broken";
  }

  private TableSource open(
      FileChannel channel, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws IOException {
    ObjectWalk.datasets(structure, file.getAddress(), leftOut).forEach(this::add);
    OptionalLong events =
        datasets.stream()
            .filter(member -> ListFile.depth(member.dataset().type()) > 0)
            .mapToLong(member -> member.dataset().rows())
            .findFirst();
    if (events.isEmpty()) {
      List<NamedArray> arrays = datasets.stream().map(Member::array).toList();
      return new ArraySource(name, channel, arrays, options, first, leftOut);
    }
    ListFile lists = new ListFile(storage, events.getAsLong(), channel);
    Set<String> names = new HashSet<>();
    for (Member member : datasets) {
      if (member.dataset().rows() == lists.events()) {
        lists.add(member.dataset(), member.layout(), member.columns(names));
      } else {
        leftOut.add(
            "dataset",
            member.name(),
            "its length %d is not that of the lists, %d"
                .formatted(member.dataset().rows(), lists.events()));
      }
    }
    leftOut.report(options);
    return VariableSource.of(name, lists, null, options, first);
  }

  private void add(String path, HeaderMessages.Header header) {
    try {
      Hdf5Dataset dataset =
          new Hdf5Dataset(
              "%s: dataset %s".formatted(name, path), storage, structure, header, cache);
      DataType element = ListFile.element(dataset.type());
      ElementTypes types = ElementTypes.of(element, path);
      List<Long> shape = Arrays.stream(dataset.shape()).boxed().toList();
      boolean lists = ListFile.depth(dataset.type()) > 0;
      if (shape.isEmpty() || (lists && shape.size() > 1)) {
        leftOut.add(
            "dataset",
            path,
            "it has %d dimensions%s".formatted(shape.size(), lists ? " of lists" : ""));
        return;
      }
      if (types.numbers().isEmpty()) {
        String held = String.join(", ", new TreeSet<>(types.others().values()));
        leftOut.add("dataset", path, "it holds " + held);
        return;
      }
      types.others().forEach((field, what) -> leftOut.add("field", field, "it holds " + what));
      RowLayout layout =
          RowLayout.of(types.numbers(), element.getSize(), shape.subList(1, shape.size()));
      boolean records =
          element instanceof CompoundDataType record && !ElementTypes.isComplex(record);
      datasets.add(
          new Member(
              path,
              dataset,
              layout,
              NamedArray.kind(shape.size(), records, types.numbers().size())));
    } catch (RuntimeException e) {
      leaveOut(leftOut, path, e);
    }
  }

  /** Leaves an object out that no column can hold, that is not read, or that is damaged. */
  static void leaveOut(LeftOut leftOut, String path, RuntimeException failure) {
    String reason = reason(failure);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof IllegalArgumentException) {
        leftOut.add("dataset", path, reason);
        return;
      }
      // jHDF has an exception for what it does not know, but does not always throw that one.
      if (cause instanceof UnsupportedHdfException
          || message.startsWith("Unrecognized")
          || message.startsWith("Unsupported")) {
        leftOut.addUnreadable("dataset", path, reason);
        return;
      }
    }
    leftOut.addDamaged("dataset", path, "it is damaged: " + reason);
  }

  /** A dataset of numbers, or of lists of them. */
  private record Member(String name, Hdf5Dataset dataset, RowLayout layout, NamedArray.Kind kind) {
    /** The columns, with what the file says of them. */
    List<Column> columns() {
      String unit = dataset.text(ArraySink.UNIT);
      boolean integral = dataset.text(ArraySink.INTEGRAL) != null;
      return layout.slots().stream()
          .map(slot -> {
            ValueType type = slot.element().type();
            boolean mark = integral && type.isFloat();
            return new Column(slot.name(), type, unit == null ? "" : unit, mark, false);
          })
          .toList();
    }

    /** The same with names that no other dataset's columns have. */
    List<Column> columns(Set<String> taken) {
      return columns().stream()
          .map(column -> {
            String free =
                taken.contains(column.name()) ? name + "_" + column.name() : column.name();
            return new Column(
                FreeName.of(free, taken), column.type(), column.unit(), column.integral(), false);
          })
          .toList();
    }

    NamedArray array() {
      return new NamedArray(
          name,
          columns(),
          dataset.rows(),
          kind,
          dataset.text(ArraySink.COLLECTION),
          numbers -> new DatasetRows(dataset, layout.of(numbers)));
    }
  }
}
