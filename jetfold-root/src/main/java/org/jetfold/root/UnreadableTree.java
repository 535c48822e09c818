package org.jetfold.root;

import java.util.List;
import java.util.Optional;

/** A tree of which nothing can be read, and why. */
record UnreadableTree(RootKey key, Kind kind, String reason) implements RootTree {
  @Override
  public Optional<String> problem() {
    return Optional.of(reason);
  }

  @Override
  public long entries() {
    return 0;
  }

  @Override
  public List<RootColumn> columns() {
    return List.of();
  }

  @Override
  public Optional<RootColumn> column(String name) {
    return Optional.empty();
  }

  @Override
  public long[] boundaries() {
    return new long[] {0};
  }

  @Override
  public List<JaggedColumn> read(List<RootColumn> columns, long first, long last) {
    throw new IllegalArgumentException("tree %s cannot be read: %s".formatted(name(), reason));
  }
}
