package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.FileHeader.ModelReference;
import org.jetfold.codec.file.MissingModelException;
import org.jetfold.codec.file.UnsupportedFormatException;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.model.ModelSource;

/** Finds the models that a file's columns are coded with, and fits them to its columns. */
public final class ModelResolver {
  private final ContainerReader container;
  private final ModelSource source;
  private final ModelKinds kinds;

  /**
   * The models of a file.
   *
   * @param source where those are that the file names but does not hold
   * @param kinds that are known
   */
  public ModelResolver(ContainerReader container, ModelSource source, ModelKinds kinds) {
    this.container = container;
    this.source = source;
    this.kinds = kinds;
  }

  /**
   * What codes those of some columns that models code, and those that models must know before, each
   * behind what it must know.
   *
   * @throws MissingModelException where a model is not in the file and not found
   * @throws UnsupportedFormatException where one is of a kind that this version does not know
   * @throws DamagedFileException where one does not fit the columns that it is said to code
   */
  List<ColumnCoder> neededFor(List<Integer> columns) throws IOException {
    FileHeader header = container.header();
    Map<Integer, ColumnCoder> coders = new TreeMap<>();
    Deque<Integer> needed = new ArrayDeque<>(columns);
    while (!needed.isEmpty()) {
      int number = header.columns().get(needed.remove()).coding() - 1;
      if (number >= 0 && !coders.containsKey(number)) {
        ColumnCoder coder = coder(header, number);
        coders.put(number, coder);
        needed.addAll(coder.contextColumns());
      }
    }
    return FileCoding.inOrder(header.schema(), List.copyOf(coders.values()));
  }

  /** What codes columns by those models that are there. */
  List<ColumnCoder> found() {
    List<ColumnCoder> coders = new ArrayList<>();
    for (int number = 0; number < container.header().models().size(); number++) {
      try {
        coders.add(coder(container.header(), number));
      } catch (IOException | JetfoldException ignored) {
        // Its columns are left out.
      }
    }
    return coders;
  }

  /** See {@link org.jetfold.codec.Decompressor#decodedBefore}. */
  public Map<Integer, List<Integer>> decodedBefore() {
    List<ColumnCoder> coders = new ArrayList<>(List.of(new StaticCoder(container.header())));
    coders.addAll(FileCoding.inOrder(container.header().schema(), found()));
    Map<Integer, List<Integer>> before = new TreeMap<>();
    for (ColumnCoder coder : coders) {
      for (int column : coder.columns()) {
        Set<Integer> all = new LinkedHashSet<>();
        for (int other : coder.decodedBefore(column)) {
          all.addAll(before.getOrDefault(other, List.of()));
          all.add(other);
        }
        before.put(column, List.copyOf(all));
      }
    }
    return before;
  }

  private ColumnCoder coder(FileHeader header, int number) throws IOException {
    LearnedModel model = model(header.models().get(number), number);
    try {
      ColumnCoder coder = kinds.of(model).fit(header, number, model);
      requireCoded(header, number, coder);
      requireBefore(header, number, coder);
      return coder;
    } catch (ModelException e) {
      throw new DamagedFileException(
          0, "the header's columns are not those of its model: " + e.getMessage());
    }
  }

  private static void requireCoded(FileHeader header, int number, ColumnCoder coder) {
    for (int column = 0; column < header.columns().size(); column++) {
      boolean coded = header.columns().get(column).coding() == number + 1;
      if (coded != coder.columns().contains(column)) {
        throw new ModelException("column " + header.schema().columns().get(column).name());
      }
    }
  }

  /** What a model knows of lists, no later model codes. */
  private static void requireBefore(FileHeader header, int number, ColumnCoder coder) {
    if (!(coder instanceof DensityCoder density)) {
      return;
    }
    for (int column : density.contexts().columnsOfLists()) {
      if (header.columns().get(column).coding() > number) {
        throw new ModelException(
            "it knows column %s of a list, which a later model codes"
                .formatted(header.schema().columns().get(column).name()));
      }
    }
  }

  private LearnedModel model(ModelReference reference, int number) throws IOException {
    if (kinds.of(reference.kind()).isEmpty()) {
      throw new UnsupportedFormatException(
          "a model of the kind %d is of a kind that this version does not know: use a newer Jetfold"
              .formatted(reference.kind()));
    }
    if (!reference.embedded()) {
      return ofKind(
          source
              .find(reference.hash())
              .orElseThrow(() -> new MissingModelException(reference.hash())),
          reference.kind());
    }
    LearnedModel known = kinds.known(reference.hash()).orElse(null);
    if (known != null) {
      // Whatever the file holds in its place, this is the one that it means.
      return ofKind(known, reference.kind());
    }
    byte[] bytes = container.readModel(number);
    try {
      return ofKind(kinds.read(bytes), reference.kind());
    } catch (MalformedBytesException e) {
      throw new DamagedFileException(e.offset(), "the embedded model: " + e.getMessage());
    }
  }

  private static LearnedModel ofKind(LearnedModel model, int kind) throws DamagedFileException {
    if (model.kind() != kind) {
      throw new DamagedFileException(
          0, "a model is of the kind %d, not %d as stated".formatted(model.kind(), kind));
    }
    return model;
  }
}
