package org.jetfold.codec.pipeline;

import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.ModelEnvelope;
import org.jetfold.codec.model.LearnedModel;

/**
 * Kinds of learned models, found by their numbers. Models that were read are kept as long as memory
 * suffices, so that hundreds of files with the same model have it read once. Safe for use by
 * several threads.
 */
public final class ModelKinds {
  /** All that this version knows. */
  public static final ModelKinds KNOWN =
      new ModelKinds(List.of(new DensityKind(), new AutoencoderKind()));

  private final List<ModelKind> kinds;
  private final Map<String, SoftReference<LearnedModel>> known = new ConcurrentHashMap<>();

  /** These kinds, each with a number of its own. */
  public ModelKinds(List<ModelKind> kinds) {
    this.kinds = List.copyOf(kinds);
  }

  /** The kind with a number; empty where it is not among these. */
  public Optional<ModelKind> of(int number) {
    return kinds.stream().filter(kind -> kind.number() == number).findFirst();
  }

  /** The kind of a model. */
  public ModelKind of(LearnedModel model) {
    return of(model.kind())
        .orElseThrow(
            () -> new IllegalArgumentException("a model of the unknown kind " + model.kind()));
  }

  /**
   * A model that was read before.
   *
   * @param hash the SHA-256 of its bytes, in hexadecimal
   */
  Optional<LearnedModel> known(String hash) {
    return Optional.ofNullable(known.get(hash)).map(SoftReference::get);
  }

  /**
   * Reads a {@code .jetm} file of any kind, or gives the same model again where its bytes were read
   * before.
   *
   * @throws MalformedBytesException where the bytes are not a whole, undamaged model of a version
   *     and kind that are known
   */
  public LearnedModel read(byte[] bytes) {
    String hash = LearnedModel.hashOf(bytes);
    LearnedModel before = known(hash).orElse(null);
    if (before != null) {
      return before;
    }
    LearnedModel model = parse(bytes);
    known.put(hash, new SoftReference<>(model));
    return model;
  }

  private LearnedModel parse(byte[] bytes) {
    ByteReader in = ModelEnvelope.open(bytes);
    int kind = in.u8();
    return of(kind)
        .orElseThrow(() ->
            in.malformed(
                "a model of the kind %d, which this Jetfold does not know: use a newer one"
                    .formatted(kind)))
        .read(bytes);
  }
}
