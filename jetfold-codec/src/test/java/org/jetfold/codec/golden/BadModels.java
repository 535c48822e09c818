package org.jetfold.codec.golden;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.Consumer;
import org.jetfold.codec.density.ContextSource;
import org.jetfold.codec.density.ModelDescription;
import org.jetfold.codec.forge.ForgedBytes;
import org.jetfold.codec.forge.ForgedTree;
import org.jetfold.codec.reference.HeaderFields;
import org.jetfold.codec.table.ValueType;

/** Files whose models are wrong, or used wrongly (sections 4, 5, 7.2 and 12). */
final class BadModels {
  private static final byte[] MODEL_MAGIC = {(byte) 0x8A, 'J', 'E', 'T', 'M'};

  private BadModels() {}

  static List<BadFile> all() throws IOException {
    byte[] ofPt = LearnedFiles.ofColumn("pt").bytes();
    return List.of(
        BadFile.unsupported("model-of-unknown-kind", withModel(7, SmallFile.NO_BYTES)),
        BadFile.unsupported("model-of-kind-0", withModel(0, ofPt)),
        new BadFile("model-of-another-hash", false, spoiltModel()),
        BadFile.damaged("model-is-none", withModel(1, new byte[] {1, 2, 3})),
        BadFile.damaged("model-checksum", withModel(1, BadHeaders.with(ofPt, 11, ofPt[11] ^ 1))),
        BadFile.damaged("model-too-long", withModel(1, BadHeaders.added(ofPt, 0))),
        BadFile.damaged(
            "model-knowing-its-own-list",
            withModel(1, knowing(ContextSource.entry(1, "jets", 1, "q", ValueType.INT8)))),
        BadFile.damaged(
            "model-knowing-a-list-that-is-not-there",
            withModel(1, knowing(ContextSource.count(1, "electrons")))),
        BadFile.damaged(
            "model-knowing-entries-of-a-row",
            withModel(1, knowing(ContextSource.entry(0, "hits", 1, "e", ValueType.FLOAT32)))),
        BadFile.damaged(
            "model-of-another-column", withModel(1, LearnedFiles.ofColumn("eta").bytes())),
        BadFile.damaged(
            "dithered-column-of-another-model",
            file ->
                file.header = header(2, 1, ofPt, SmallFile.NO_BYTES, BadHeaders.bound(5, 0.01))),
        BadFile.damaged(
            "latents-dithered",
            file -> {
              byte[] latents = new ForgedBytes().varint(1).raw(BadHeaders.bound(5, 0.01)).bytes();
              file.header = header(1, 2, ofPt, latents, new byte[] {1, 7});
            }),
        BadFile.damaged(
            "reference-to-modelled-column",
            file -> {
              withModel(1, ofPt).accept(file);
              // Column 1, pt, is told as 3.
              file.trees.set(3, new ForgedTree(3, 4, 0, 15, -2, new ForgedTree.Leaf()));
            }));
  }

  /** A model of pt that knows something more. */
  private static byte[] knowing(ContextSource source) {
    ModelDescription description =
        ModelDescription.of(
            "golden 1",
            0,
            List.of(LearnedFiles.sampleOf("pt")),
            List.of(new ModelDescription.ContextSample(source, new long[] {0, 1})),
            0,
            1);
    return LearnedFiles.model(description, 1).bytes();
  }

  /** Says that pt is coded with an embedded model. */
  private static Consumer<SmallFile> withModel(int kind, byte[] model) {
    return file -> {
      file.header = header(0, kind, model, SmallFile.NO_BYTES, new byte[] {1, 7});
      file.before = out -> out.frame('M', new byte[] {0}, model);
      file.describePt(
          new HeaderFields.Column(1, "pt", 10, 0, "", 1, 7, 1),
          List.of(new HeaderFields.Model(kind, "", true)));
    };
  }

  /** A header with a model that codes pt, which has this precision. */
  private static byte[] header(
      int required, int kind, byte[] model, byte[] latents, byte[] precision) {
    byte[] jets =
        SmallFile.group(
            "jets",
            List.of(
                SmallFile.column("pt", 10, 0, precision, 1),
                SmallFile.column("q", 2, 0, new byte[] {0}, 0)),
            List.of());
    byte[] root = SmallFile.group("", List.of(SmallFile.run()), List.of(jets));
    return new ForgedBytes()
        .varint(required)
        .varint(0)
        .string("golden 1")
        .varint(1)
        .u8(kind)
        .raw(sha256(model))
        .u8(1)
        .raw(latents)
        .raw(root)
        .bytes();
  }

  /** A learned file with one bit of the model's weights changed, which no frame's check covers. */
  private static byte[] spoiltModel() throws IOException {
    byte[] file = LearnedFiles.all().get("learned-without-events");
    int at = 0;
    while (!startsAt(file, at)) {
      at++;
    }
    return BadHeaders.with(file, at + 40, file[at + 40] ^ 4);
  }

  private static boolean startsAt(byte[] file, int at) {
    for (int i = 0; i < MODEL_MAGIC.length; i++) {
      if (file[at + i] != MODEL_MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
