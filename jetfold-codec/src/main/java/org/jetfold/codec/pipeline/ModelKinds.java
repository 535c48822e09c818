package org.jetfold.codec.pipeline;

import java.util.List;
import java.util.Optional;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.ModelEnvelope;
import org.jetfold.codec.model.LearnedModel;

/** Kinds of learned models, found by their numbers. Immutable. */
public final class ModelKinds {
  /** All that this version knows. */
  public static final ModelKinds KNOWN =
      new ModelKinds(List.of(new DensityKind(), new AutoencoderKind()));

  private final List<ModelKind> kinds;

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
   * Reads a {@code .jetm} file of any kind.
   *
   * @throws MalformedBytesException where the bytes are not a whole, undamaged model of a version
   *     and kind that are known
   */
  public LearnedModel read(byte[] bytes) {
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
