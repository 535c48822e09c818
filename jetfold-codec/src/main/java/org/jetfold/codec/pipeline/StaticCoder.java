package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.file.FileHeader;

/** Codes all columns that no model codes, and the counts of lists, with static distributions. */
final class StaticCoder implements ColumnCoder {
  private final List<Integer> columns = new ArrayList<>();

  StaticCoder(FileHeader header) {
    for (int column = 0; column < header.columns().size(); column++) {
      if (header.columns().get(column).coding() == 0) {
        columns.add(column);
      }
    }
  }

  @Override
  public List<Integer> columns() {
    return columns;
  }

  @Override
  public List<Integer> decodedBefore(int column) {
    return List.of();
  }

  @Override
  public SegmentEncoder encoder(EncodingContext context) {
    return new StaticSegmentEncoder(context, columns);
  }

  @Override
  public StaticBlockDecoder decoder(ContainerReader container, List<Integer> wanted) {
    return new StaticBlockDecoder(container.header().schema(), wanted);
  }
}
