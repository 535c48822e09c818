package org.jetfold.tables.numpy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.tables.events.ArraySource;
import org.jetfold.tables.events.NamedArray;
import org.jspecify.annotations.Nullable;

/** A 1-D array of numbers in an NPZ file. */
final class NpzColumn implements NamedArray {
  private static final int BLOCK = 1 << 16;

  private final NpzArchive archive;
  private final NpzArchive.Member member;
  private final Block block;
  private @Nullable RowReader reader;

  private NpzColumn(NpzArchive archive, NpzArchive.Member member) {
    this.archive = archive;
    this.member = member;
    block = Block.single(member.name(), member.header());
  }

  /**
   * The arrays of a file that keeps several collections or lists within objects: 1-D arrays, with
   * offsets that are called after what they group. Empty for files of another layout.
   */
  static List<NamedArray> all(NpzArchive archive) throws IOException {
    List<NamedArray> arrays = new ArrayList<>();
    for (NpzArchive.Member member : archive.members()) {
      if (member.header().structured() || member.header().dimensions() == 2) {
        return List.of();
      }
      if (member.header().dimensions() == 1
          && member.header().type().valueType() != null
          && !member.name().isEmpty()) {
        arrays.add(new NpzColumn(archive, member));
      }
    }
    return ArraySource.areGrouped(arrays) ? arrays : List.of();
  }

  @Override
  public Column column() {
    return block.columns().getFirst();
  }

  @Override
  public long length() {
    return member.header().rows();
  }

  @Override
  public @Nullable String collection() {
    return null;
  }

  @Override
  public long grouped() throws IOException {
    long last = -1;
    try (RowReader rows = archive.rows(member, block)) {
      for (long left = length(); left > 0; left -= BLOCK) {
        ColumnValues values = rows.read((int) Math.min(left, BLOCK)).getFirst();
        for (long offset : ((ColumnValues.Integers) values).values()) {
          if (last < 0 ? offset != 0 : offset < last) {
            return -1;
          }
          last = offset;
        }
      }
    }
    return last;
  }

  @Override
  public ColumnValues read(int count) throws IOException {
    RowReader rows = reader;
    if (rows == null) {
      rows = archive.rows(member, block);
      reader = rows;
    }
    return count == 0 ? ColumnValues.zeros(column().type(), 0) : rows.read(count).getFirst();
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}
