package org.jetfold.codec.pipeline;

import java.util.List;
import java.util.Optional;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.ModelEnvelope;
import org.jetfold.codec.model.LearnedModel;

/** The kinds of learned models that there are. */
public final class ModelKinds {
  private static final List<ModelKind> ALL = List.of(new DensityKind(), new AutoencoderKind());

  private ModelKinds() {}

  /** The kind with a number; empty where this version does not know it. */
  public static Optional<ModelKind> of(int number) {
    return ALL.stream().filter(kind -> kind.number() == number).findFirst();
  }

  /** The kind of a model. */
  public static ModelKind of(LearnedModel model) {
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
  public static LearnedModel read(byte[] bytes) {
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
