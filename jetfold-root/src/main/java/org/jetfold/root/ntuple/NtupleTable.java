package org.jetfold.root.ntuple;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jetfold.root.JaggedColumn;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootException;
import org.jetfold.root.RootKey;
import org.jetfold.root.RootTree;
import org.jetfold.root.file.Key;
import org.jetfold.root.ntuple.EnvelopeCursor.Frame;
import org.jetfold.root.ntuple.FieldPath.Step;
import org.jetfold.root.shape.ColumnIndex;
import org.jetfold.root.shape.ColumnSink;
import org.jetfold.root.shape.GrowingValues;
import org.jetfold.root.source.FileBytes;

/** An RNTuple. Immutable, thread-safe. */
public final class NtupleTable implements RootTree {
  private final RootKey key;
  private final String description;
  private final FileBytes file;
  private final List<Cluster> clusters;
  private final long entries;
  private final ColumnIndex<FieldPath> index;

  private NtupleTable(
      RootKey key, String description, FileBytes file, Schema schema, List<Cluster> clusters)
      throws IOException {
    this.key = key;
    this.description = description;
    this.file = file;
    this.clusters = clusters;
    index = new ColumnIndex<>(key.path());
    long next = 0;
    for (Cluster cluster : clusters) {
      if (cluster.firstEntry() != next || cluster.entries() < 0) {
        throw file.error(
            0, "a cluster begins at entry %d instead of %d".formatted(cluster.firstEntry(), next));
      }
      next += cluster.entries();
    }
    entries = next;
    long[] bytes = columnBytes(schema.columnCount());
    for (FieldPath path : FieldPath.all(schema)) {
      long size = path.leaf().stream().mapToLong(column -> bytes[column.id()]).sum();
      RootColumn column =
          new RootColumn(
              index.free(path.name()),
              path.top().typeName(),
              path.type(),
              path.levels(),
              path.problem(),
              size,
              0);
      index.add(column, path);
    }
  }

  /** Reads an ntuple's metadata: anchor, header, footer and page lists. */
  public static NtupleTable read(RootKey name, Key key, FileBytes file) throws IOException {
    Anchor anchor = Anchor.read(key.object(file));
    if (anchor.epoch() != 1) {
      throw file.unsupported(
          key.seek(), "RNTuples of format %d.x are not supported".formatted(anchor.epoch()));
    }
    Schema schema = new Schema();
    Envelope.Content header =
        Envelope.read(file, anchor.header(), anchor.headerLength(), Envelope.HEADER);
    EnvelopeCursor in = header.cursor();
    Envelope.checkFeatures(in);
    in.text(); // name
    String description = in.text();
    in.text(); // who wrote it
    schema.add(in, false);

    EnvelopeCursor footer =
        Envelope.read(file, anchor.footer(), anchor.footerLength(), Envelope.FOOTER).cursor();
    Envelope.checkFeatures(footer);
    if (footer.i8() != header.checksum()) {
      throw footer.error("a footer that belongs to another header");
    }
    Frame extension = footer.enterRecord();
    if (footer.position() < extension.end()) {
      schema.add(footer, true);
    }
    footer.position(extension.end());
    Frame groups = footer.enterList();
    List<Cluster> clusters = new ArrayList<>();
    for (int i = 0; i < groups.items(); i++) {
      Frame group = footer.enterRecord();
      footer.skip(20); // first entry, number of entries, number of clusters
      long length = footer.i8();
      Locator place = footer.locator();
      clusters.addAll(
          Cluster.read(Envelope.read(file, place, length, Envelope.PAGE_LIST), header.checksum()));
      footer.position(group.end());
    }
    clusters.sort(Comparator.comparingLong(Cluster::firstEntry));
    return new NtupleTable(name, description, file, schema, List.copyOf(clusters));
  }

  @Override
  public String description() {
    return description;
  }

  private long[] columnBytes(int columns) throws IOException {
    long[] bytes = new long[columns];
    for (Cluster cluster : clusters) {
      for (int column = 0; column < columns; column++) {
        for (Cluster.Page page : cluster.pages(column).pages()) {
          bytes[column] += page.place().bytes();
        }
      }
    }
    return bytes;
  }

  /** The way to a column's numbers. */
  FieldPath path(RootColumn column) {
    return index.origin(column);
  }

  @Override
  public RootKey key() {
    return key;
  }

  @Override
  public Kind kind() {
    return Kind.RNTUPLE;
  }

  @Override
  public long entries() {
    return entries;
  }

  @Override
  public List<RootColumn> columns() {
    return index.columns();
  }

  @Override
  public Optional<RootColumn> column(String name) {
    return Optional.ofNullable(index.column(name));
  }

  @Override
  public long[] boundaries() {
    return LongStream.concat(
            LongStream.of(0),
            clusters.stream().mapToLong(cluster -> cluster.firstEntry() + cluster.entries()))
        .distinct()
        .toArray();
  }

  @Override
  public List<JaggedColumn> read(List<RootColumn> columns, long first, long last)
      throws IOException {
    index.check(columns, first, last, entries);
    List<JaggedColumn> read = new ArrayList<>();
    for (RootColumn column : columns) {
      try {
        read.add(read(column, index.origin(column), first, last));
      } catch (RootException e) {
        throw e.at("RNTuple %s, field %s".formatted(name(), column.name()));
      }
    }
    return read;
  }

  private JaggedColumn read(RootColumn column, FieldPath path, long first, long last)
      throws IOException {
    ColumnSink sink = new ColumnSink(file.name(), column, "");
    for (Cluster cluster : clusters) {
      long from = Math.max(first, cluster.firstEntry());
      long to = Math.min(last, cluster.firstEntry() + cluster.entries());
      if (from < to) {
        read(path, cluster, from - cluster.firstEntry(), to - cluster.firstEntry(), sink);
      }
    }
    int count = (int) (last - first);
    if (!sink.isComplete(count)) {
      throw file.error(0, "it has not as many values as its lists promise");
    }
    return sink.finish(first, count);
  }

  /** Goes down from entries to numbers within one cluster. */
  private void read(
      FieldPath path, Cluster cluster, long firstEntry, long lastEntry, ColumnSink sink)
      throws IOException {
    PageReader pages = new PageReader(file, cluster);
    long from = firstEntry;
    long to = lastEntry;
    long expected =
        cluster.entries(); // −1 below a collection: its lists say how many elements there are
    for (int level = 0; level < path.steps().size(); level++) {
      switch (path.steps().get(level)) {
        case Step.Array(int size) -> {
          if (to > Integer.MAX_VALUE * 1024L) {
            throw file.error(0, "arrays of too many elements");
          }
          from *= size;
          to *= size;
          expected = expected < 0 ? -1 : expected * size;
        }
        case Step.Collection(List<PhysicalColumn> index) -> {
          long before = from == 0 ? 0 : pages.indexes(index, from - 1, from, expected)[0];
          long[] ends = pages.indexes(index, from, to, expected);
          from = before;
          for (long end : ends) {
            if (end < before || end - before > Integer.MAX_VALUE - 8) {
              throw file.error(0, "a list ends at %d, but begins at %d".formatted(end, before));
            }
            sink.list(level, (int) (end - before));
            before = end;
          }
          to = before;
          expected = -1;
        }
      }
      if (to - from > Integer.MAX_VALUE - 8) {
        throw GrowingValues.tooMany(file.name());
      }
    }
    if (path.cardinality()) {
      long before = from == 0 ? 0 : pages.indexes(path.leaf(), from - 1, from, expected)[0];
      GrowingValues out = sink.values();
      for (long end : pages.indexes(path.leaf(), from, to, expected)) {
        out.add(end - before);
        before = end;
      }
    } else {
      pages.values(path.leaf(), from, to, expected, sink.values());
    }
  }
}
