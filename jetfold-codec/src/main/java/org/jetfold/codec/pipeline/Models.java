package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.container.DamagedFileException;
import org.jetfold.codec.container.FileHeader;
import org.jetfold.codec.container.FileHeader.ModelReference;
import org.jetfold.codec.container.MissingModelException;
import org.jetfold.codec.container.UnsupportedFormatException;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.DensityModelFile;
import org.jetfold.codec.density.ModelException;
import org.jetfold.codec.density.ModelSource;
import org.jetfold.codec.precision.Precision;

/** Finds the models that a file's columns are coded with, and fits them to its columns. */
final class Models {
  private final ContainerReader container;
  private final ModelSource source;

  Models(ContainerReader container, ModelSource source) {
    this.container = container;
    this.source = source;
  }

  /**
   * The models that some columns need.
   *
   * @throws MissingModelException where one is not in the file and not found
   * @throws UnsupportedFormatException where one is of a kind that this version does not know
   * @throws DamagedFileException where one does not fit the columns that it is said to code
   */
  List<ModelBinding> neededFor(List<Integer> columns) throws IOException {
    FileHeader header = container.header();
    Set<Integer> numbers = new HashSet<>();
    for (int column : columns) {
      numbers.add(header.columns().get(column).coding() - 1);
    }
    List<ModelBinding> bindings = new ArrayList<>();
    for (int number = 0; number < header.models().size(); number++) {
      if (numbers.contains(number)) {
        bindings.add(binding(header, number));
      }
    }
    return bindings;
  }

  private ModelBinding binding(FileHeader header, int number) throws IOException {
    DensityModel model = model(header.models().get(number), number);
    try {
      ModelBinding binding = ModelBinding.of(header.schema(), model);
      List<Precision> precisions =
          header.columns().stream().map(FileHeader.ColumnCoding::precision).toList();
      binding.requirePrecisions(header.schema(), precisions);
      for (int column = 0; column < header.columns().size(); column++) {
        boolean coded = header.columns().get(column).coding() == number + 1;
        if (coded != binding.modelColumn(column).isPresent()) {
          throw new ModelException(
              "column %s".formatted(header.schema().columns().get(column).name()));
        }
      }
      return binding;
    } catch (ModelException e) {
      throw new DamagedFileException(
          0, "the header's columns are not those of its model: " + e.getMessage());
    }
  }

  private DensityModel model(ModelReference reference, int number) throws IOException {
    if (reference.kind() != DensityModel.KIND) {
      throw new UnsupportedFormatException(
          "a model of the kind %d is of a kind that this version does not know: use a newer Jetfold"
              .formatted(reference.kind()));
    }
    if (!reference.embedded()) {
      Optional<DensityModel> found = source.find(reference.hash());
      return found.orElseThrow(() -> new MissingModelException(reference.hash()));
    }
    byte[] bytes = container.readModel(number);
    try {
      return DensityModelFile.read(bytes);
    } catch (MalformedBytesException e) {
      throw new DamagedFileException(e.offset(), "the embedded model: " + e.getMessage());
    }
  }
}
