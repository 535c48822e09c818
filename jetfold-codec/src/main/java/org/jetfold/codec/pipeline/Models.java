package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.FileHeader.LatentCoding;
import org.jetfold.codec.file.FileHeader.ModelReference;
import org.jetfold.codec.file.MissingModelException;
import org.jetfold.codec.file.UnsupportedFormatException;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.model.ModelSource;
import org.jetfold.codec.precision.Precision;
import org.jspecify.annotations.Nullable;

/** Finds the models that a file's columns are coded with, and fits them to its columns. */
public final class Models {
  private final ContainerReader container;
  private final ModelSource source;

  /**
   * The models of a file.
   *
   * @param source where those are that the file names but does not hold
   */
  public Models(ContainerReader container, ModelSource source) {
    this.container = container;
    this.source = source;
  }

  /**
   * The models that some columns need, by their numbers in the header.
   *
   * @throws MissingModelException where one is not in the file and not found
   * @throws UnsupportedFormatException where one is of a kind that this version does not know
   * @throws DamagedFileException where one does not fit the columns that it is said to code
   */
  Map<Integer, Binding> neededFor(List<Integer> columns) throws IOException {
    FileHeader header = container.header();
    Set<Integer> numbers = new HashSet<>();
    for (int column : columns) {
      numbers.add(header.columns().get(column).coding() - 1);
    }
    Map<Integer, Binding> bindings = new TreeMap<>();
    for (int number = 0; number < header.models().size(); number++) {
      if (numbers.contains(number)) {
        bindings.put(number, binding(header, number));
      }
    }
    return bindings;
  }

  /** See {@link org.jetfold.codec.Decompressor#decodedBefore}. */
  public Map<Integer, List<Integer>> decodedBefore() {
    FileHeader header = container.header();
    List<@Nullable Binding> bindings = new ArrayList<>();
    for (int number = 0; number < header.models().size(); number++) {
      try {
        bindings.add(binding(header, number));
      } catch (IOException _) {
        bindings.add(null);
      }
    }
    Map<Integer, List<Integer>> before = new TreeMap<>();
    for (int column = 0; column < header.columns().size(); column++) {
      int coding = header.columns().get(column).coding();
      Binding binding = coding == 0 ? null : bindings.get(coding - 1);
      if (binding instanceof ModelBinding density) {
        before.put(column, density.columns().subList(0, density.columns().indexOf(column)));
      } else if (binding instanceof AutoencoderBinding autoencoder) {
        before.put(column, autoencoder.givenToDecoder());
      } else if (coding == 0) {
        before.put(column, List.of());
      }
    }
    return before;
  }

  private Binding binding(FileHeader header, int number) throws IOException {
    LearnedModel model = model(header.models().get(number), number);
    try {
      return switch (model) {
        case DensityModel density -> bound(header, number, density);
        case Autoencoder autoencoder -> bound(header, number, autoencoder);
        default -> throw new ModelException("a model of another kind");
      };
    } catch (ModelException e) {
      throw new DamagedFileException(
          0, "the header's columns are not those of its model: " + e.getMessage());
    }
  }

  private static ModelBinding bound(FileHeader header, int number, DensityModel model) {
    ModelBinding binding = ModelBinding.of(header.schema(), model);
    List<Precision> precisions =
        header.columns().stream().map(FileHeader.ColumnCoding::precision).toList();
    binding.requirePrecisions(header.schema(), precisions);
    requireCoded(header, number, column -> binding.modelColumn(column).isPresent());
    return binding;
  }

  private static AutoencoderBinding bound(FileHeader header, int number, Autoencoder model) {
    Set<Integer> kept = new HashSet<>();
    for (int column = 0; column < header.columns().size(); column++) {
      if (header.columns().get(column).coding() == 0) {
        kept.add(column);
      }
    }
    AutoencoderBinding binding = AutoencoderBinding.of(header.schema(), model, kept);
    requireCoded(header, number, binding::codes);
    LatentCoding latents = header.models().get(number).latents();
    if (latents == null || latents.count() != model.description().latents()) {
      throw new ModelException("the number of latents");
    }
    return binding;
  }

  private static void requireCoded(FileHeader header, int number, IntPredicate ofModel) {
    for (int column = 0; column < header.columns().size(); column++) {
      boolean coded = header.columns().get(column).coding() == number + 1;
      if (coded != ofModel.test(column)) {
        throw new ModelException("column " + header.schema().columns().get(column).name());
      }
    }
  }

  private LearnedModel model(ModelReference reference, int number) throws IOException {
    boolean known = reference.kind() == DensityModel.KIND || reference.latents() != null;
    if (!known) {
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
    byte[] bytes = container.readModel(number);
    try {
      return ofKind(ModelFile.read(bytes), reference.kind());
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
