package org.jetfold.root.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.root.RootEntryException;
import org.jetfold.root.RootException;
import org.jetfold.root.RootFormatException;
import org.jetfold.root.shape.ColumnSink;
import org.jetfold.root.shape.EntryListReader;
import org.jetfold.root.shape.ReaderFactory;
import org.jetfold.root.shape.Shape;
import org.jetfold.root.shape.ShapeResolver;
import org.jetfold.root.shape.ValueReader;
import org.jetfold.root.source.ByteCursor;
import org.jetfold.root.source.FileBytes;
import org.jspecify.annotations.Nullable;

/** Reads columns of one branch, basket by basket. For one call; not thread-safe. */
final class BranchReader {
  /** The number of values of each entry, which another branch knows. */
  interface Counts {
    /**
     * The numbers for the entries from {@code first} to before {@code last}; null where no branch
     * knows them.
     */
    long @Nullable [] read(long first, long last) throws IOException;
  }

  /** What the branches of one tree are read with. */
  record Context(String tree, FileBytes file, BasketCache cache, ShapeResolver resolver) {}

  private final Context context;
  private final Branch branch;
  private final BranchLayout layout;
  private final Counts counts;
  private final List<ColumnSink> sinks;

  /** The entry of the basket that is being read. */
  private int at;

  BranchReader(
      Context context, Branch branch, BranchLayout layout, Counts counts, List<ColumnSink> sinks) {
    this.context = context;
    this.branch = branch;
    this.layout = layout;
    this.counts = counts;
    this.sinks = List.copyOf(sinks);
  }

  private interface Piece {
    void read(Basket basket, int from, int to, long firstEntry) throws IOException;
  }

  /**
   * Reads the entries from {@code first} to before {@code last} into the sinks.
   *
   * @throws RootEntryException if an entry is not what the layout says
   */
  void read(long first, long last) throws IOException {
    ReaderFactory factory = new ReaderFactory(context.resolver(), sinks);
    if (layout instanceof BranchLayout.Variable(Shape shape)) {
      EntryListReader reader = factory.list(shape);
      overBaskets(first, last, (basket, from, to, entry) -> lists(reader, basket, from, to, entry));
    } else {
      ValueReader reader = reader(factory);
      overBaskets(first, last, (basket, from, to, entry) -> values(reader, basket, from, to));
    }
  }

  private void overBaskets(long first, long last, Piece piece) throws IOException {
    long next = first;
    for (BasketPlace place : branch.baskets()) {
      if (place.endEntry() <= first || place.firstEntry() >= last) {
        continue;
      }
      int from = (int) (Math.max(first, place.firstEntry()) - place.firstEntry());
      int to = (int) (Math.min(last, place.endEntry()) - place.firstEntry());
      at = from;
      Basket basket;
      try {
        basket = basket(place);
      } catch (RootException e) {
        throw e.at(name(place));
      }
      try {
        piece.read(basket, from, to, place.firstEntry());
      } catch (RootFormatException e) {
        // One that has a place is damage of the branch that counts the values.
        throw e.hasPlace() ? e : new RootEntryException(name(place), e);
      }
      next = Math.min(last, place.endEntry());
    }
    if (next != last) {
      throw context
          .file()
          .error(0, "no basket holds entry %d".formatted(next))
          .at("tree %s, branch %s".formatted(context.tree(), branch.name()));
    }
  }

  private String name(BasketPlace place) {
    return "tree %s, branch %s, entry %d"
        .formatted(context.tree(), branch.name(), place.firstEntry() + at);
  }

  private Basket basket(BasketPlace place) throws IOException {
    Basket basket = place.embedded();
    if (basket == null) {
      basket = context.cache().get(place.seek());
    }
    if (basket == null) {
      basket = Basket.read(context.file(), place.seek(), place.bytes(), branch.hasOffsets());
      context.cache().put(place.seek(), basket);
    }
    if (basket.entries() != place.endEntry() - place.firstEntry()) {
      throw context
          .file()
          .error(
              place.seek(),
              "a basket should have %d entries, but has %d"
                  .formatted(place.endEntry() - place.firstEntry(), basket.entries()));
    }
    return basket;
  }

  private ValueReader reader(ReaderFactory factory) {
    return switch (layout) {
      case BranchLayout.PerEntry(Shape shape) -> factory.reader(shape);
      case BranchLayout.Leaves(List<Leaf> leaves) -> {
        List<ValueReader> readers = new ArrayList<>();
        for (Leaf leaf : leaves) {
          readers.add(factory.reader(leaf.name(), leaf.shape()));
        }
        yield factory.inSequence(readers);
      }
      case BranchLayout.Variable unused -> throw unreadable(layout);
      case BranchLayout.Unreadable unused -> throw unreadable(layout);
    };
  }

  private static IllegalStateException unreadable(BranchLayout layout) {
    return new IllegalStateException("no values to read: " + layout);
  }

  private void values(ValueReader reader, Basket basket, int from, int to) throws IOException {
    ByteCursor in = basket.cursor(0, basket.border());
    int size = reader.fixedSize();
    int[] starts = basket.offsets();
    if (size > 0 && (long) size * basket.entries() == basket.border()) {
      in.position(from * size);
      reader.readLoop(in, to - from);
    } else if (starts != null) {
      for (at = from; at < to; at++) {
        in.window(starts[at], starts[at + 1]);
        reader.read(in);
        if (in.remaining() != 0) {
          throw in.error("%d bytes more than its values take".formatted(in.remaining()));
        }
      }
    } else {
      // Without offsets, an entry begins where the one before it ends.
      ValueReader skipping = reader(new ReaderFactory(context.resolver(), List.of()));
      for (at = 0; at < to; at++) {
        (at < from ? skipping : reader).read(in);
      }
      checkEnd(in, basket, to);
    }
  }

  private void lists(EntryListReader reader, Basket basket, int from, int to, long firstEntry)
      throws IOException {
    ByteCursor in = basket.cursor(0, basket.border());
    int[] starts = basket.offsets();
    if (starts == null) {
      countedLists(reader, in, basket, from, to, firstEntry);
    } else if (reader.valueSize() > 0) {
      for (at = from; at < to; at++) {
        reader.list(in, starts[at + 1] - starts[at]);
      }
      in.window(starts[from], starts[to]);
      reader.values(in, in.remaining() / reader.valueSize());
    } else {
      // Values of a class that ROOT could not write take no bytes, and would be none.
      long[] lengths = counts.read(firstEntry + from, firstEntry + to);
      for (at = from; at < to; at++) {
        in.window(starts[at], starts[at + 1]);
        int length = reader.read(in);
        if (lengths != null && lengths[at - from] != length) {
          throw in.error(
              "%d values are here, but there should be %d".formatted(length, lengths[at - from]));
        }
      }
    }
  }

  /** Without offsets, another branch says how many values an entry has. */
  private void countedLists(
      EntryListReader reader, ByteCursor in, Basket basket, int from, int to, long firstEntry)
      throws IOException {
    long[] lengths = counts.read(firstEntry, firstEntry + to);
    if (lengths == null) {
      throw in.error("entries of varying length, but no branch counts them");
    }
    EntryListReader skipping =
        new ReaderFactory(context.resolver(), List.of())
            .list(((BranchLayout.Variable) layout).shape());
    for (at = 0; at < to; at++) {
      long length = lengths[at];
      if (length < 0 || length > in.remaining()) {
        throw in.error(
            "%d values should be here, but %d bytes are left".formatted(length, in.remaining()));
      }
      (at < from ? skipping : reader).read(in, (int) length);
    }
    checkEnd(in, basket, to);
  }

  private static void checkEnd(ByteCursor in, Basket basket, int to) throws IOException {
    if (to == basket.entries() && in.remaining() != 0) {
      throw in.error("%d bytes more than the values of its basket take".formatted(in.remaining()));
    }
  }
}
