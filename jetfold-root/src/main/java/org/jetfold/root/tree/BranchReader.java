package org.jetfold.root.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.root.RootFormatException;
import org.jetfold.root.shape.ColumnSink;
import org.jetfold.root.shape.EntryListReader;
import org.jetfold.root.shape.ReaderFactory;
import org.jetfold.root.shape.Shape;
import org.jetfold.root.shape.ShapeResolver;
import org.jetfold.root.shape.ValueReader;
import org.jetfold.root.source.ByteCursor;
import org.jetfold.root.source.FileBytes;

/** Reads columns of one branch, basket by basket. For one call; not thread-safe. */
final class BranchReader {
  /** The number of values of each entry, which another branch knows. */
  interface Counts {
    /** The numbers for the entries from {@code first} to before {@code last}. */
    long[] read(long first, long last) throws IOException;
  }

  private final FileBytes file;
  private final BasketCache cache;
  private final Branch branch;
  private final ShapeResolver resolver;
  private final BranchLayout layout;
  private final Counts counts;
  private final List<ColumnSink> sinks;

  BranchReader(
      FileBytes file,
      BasketCache cache,
      Branch branch,
      ShapeResolver resolver,
      BranchLayout layout,
      Counts counts,
      List<ColumnSink> sinks) {
    this.file = file;
    this.cache = cache;
    this.branch = branch;
    this.resolver = resolver;
    this.layout = layout;
    this.counts = counts;
    this.sinks = List.copyOf(sinks);
  }

  /** Reads the entries from {@code first} to before {@code last} into the sinks. */
  void read(long first, long last) throws IOException {
    ReaderFactory factory = new ReaderFactory(resolver, sinks);
    if (layout instanceof BranchLayout.Variable(Shape shape)) {
      EntryListReader reader = factory.list(shape);
      overBaskets(first, last, (basket, from, to, entry) -> lists(reader, basket, from, to, entry));
    } else {
      ValueReader reader = reader(factory);
      overBaskets(first, last, (basket, from, to, entry) -> values(reader, basket, from, to));
    }
  }

  private interface Piece {
    void read(Basket basket, int from, int to, long firstEntry) throws IOException;
  }

  private void overBaskets(long first, long last, Piece piece) throws IOException {
    long next = first;
    for (Branch.BasketPlace place : branch.baskets()) {
      if (place.endEntry() <= first || place.firstEntry() >= last) {
        continue;
      }
      Basket basket = basket(place);
      int from = (int) (Math.max(first, place.firstEntry()) - place.firstEntry());
      int to = (int) (Math.min(last, place.endEntry()) - place.firstEntry());
      piece.read(basket, from, to, place.firstEntry());
      next = Math.min(last, place.endEntry());
    }
    if (next != last) {
      throw file.error(0, "branch %s has no basket with entry %d".formatted(branch.name(), next));
    }
  }

  private Basket basket(Branch.BasketPlace place) throws IOException {
    Basket basket = place.embedded();
    if (basket == null) {
      basket = cache.get(place.seek());
    }
    if (basket == null) {
      basket = Basket.read(file, place.seek(), place.bytes(), branch.hasOffsets());
      cache.put(place.seek(), basket);
    }
    if (basket.entries() != place.endEntry() - place.firstEntry()) {
      throw file.error(
          place.seek(),
          "a basket of branch %s should have %d entries, but has %d"
              .formatted(branch.name(), place.endEntry() - place.firstEntry(), basket.entries()));
    }
    return basket;
  }

  private ValueReader reader(ReaderFactory factory) throws RootFormatException {
    return switch (layout) {
      case BranchLayout.PerEntry(Shape shape) -> factory.reader(shape, 0);
      case BranchLayout.WholeObject(Shape.Instance shape, boolean headed) ->
          headed ? factory.reader(shape, 0) : factory.withoutHeader(shape);
      case BranchLayout.Leaves(List<Leaf> leaves) -> {
        List<ValueReader> readers = new ArrayList<>();
        for (Leaf leaf : leaves) {
          readers.add(factory.reader(leaf.name(), leaf.shape()));
        }
        yield factory.inSequence(readers);
      }
      case BranchLayout.Variable ignored -> throw new IllegalStateException();
      case BranchLayout.Unreadable(String reason) -> throw file.error(0, reason);
    };
  }

  private void values(ValueReader reader, Basket basket, int from, int to) throws IOException {
    ByteCursor in = basket.cursor(0, basket.border());
    int size = reader.fixedSize();
    int[] starts = basket.offsets();
    if (size > 0 && (long) size * basket.entries() == basket.border()) {
      in.position(from * size);
      reader.readLoop(in, to - from);
    } else if (starts != null) {
      for (int i = from; i < to; i++) {
        in.window(starts[i], starts[i + 1]);
        reader.read(in);
        if (in.remaining() != 0) {
          throw in.error("entry %d of a basket has %d bytes too many".formatted(i, in.remaining()));
        }
      }
    } else {
      inTurn(reader, in, basket, from, to);
    }
  }

  /** Without offsets, an entry begins where the one before it ends. */
  private void inTurn(ValueReader reader, ByteCursor in, Basket basket, int from, int to)
      throws IOException {
    ValueReader skipping = reader(new ReaderFactory(resolver, List.of()));
    for (int i = 0; i < to; i++) {
      (i < from ? skipping : reader).read(in);
    }
    if (to == basket.entries() && in.remaining() != 0) {
      throw in.error("a basket has %d bytes too many".formatted(in.remaining()));
    }
  }

  private void lists(EntryListReader reader, Basket basket, int from, int to, long firstEntry)
      throws IOException {
    ByteCursor in = basket.cursor(0, basket.border());
    int[] starts = basket.offsets();
    if (starts != null) {
      reader.read(in, starts, from, to);
      return;
    }
    long[] lengths = counts.read(firstEntry, firstEntry + to);
    EntryListReader skipping =
        new ReaderFactory(resolver, List.of()).list(((BranchLayout.Variable) layout).shape());
    for (int i = 0; i < to; i++) {
      long length = lengths[i];
      if (length < 0 || length > in.remaining()) {
        throw in.error("entry %d of a basket with %d values".formatted(i, length));
      }
      (i < from ? skipping : reader).read(in, (int) length);
    }
    if (to == basket.entries() && in.remaining() != 0) {
      throw in.error("a basket has %d bytes too many".formatted(in.remaining()));
    }
  }
}
