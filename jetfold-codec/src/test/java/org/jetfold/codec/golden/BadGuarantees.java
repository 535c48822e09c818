package org.jetfold.codec.golden;

import java.util.List;
import java.util.function.Consumer;
import org.jetfold.codec.forge.ForgedHeader;
import org.jetfold.codec.forge.ForgedTree;
import org.jetfold.codec.reference.HeaderFields;
import org.jetfold.codec.reference.HeaderFields.Bound;

/** Files whose guarantees, or what they say of refined events, are wrong (section 6.9). */
final class BadGuarantees {
  private static final int PT = 1;
  private static final Bound HT = new Bound("HT", "", 2, Double.doubleToRawLongBits(0.01));

  private BadGuarantees() {}

  static List<BadFile> all() {
    return List.of(
        BadFile.damaged("feature-of-guarantees-alone", file -> file.header[0] = 4),
        header("guarantees-none", List.of(), List.of(PT)),
        header("guarantee-without-a-name", List.of(new Bound("", "", 2, HT.value())), List.of(PT)),
        header("guarantee-twice", List.of(HT, HT), List.of(PT)),
        header("guarantee-of-bits", List.of(new Bound("HT", "", 1, 7)), List.of(PT)),
        header("guarantee-dithered", List.of(new Bound("HT", "", 5, HT.value())), List.of(PT)),
        header("guarantee-of-0", List.of(new Bound("HT", "", 3, 0)), List.of(PT)),
        header("refined-column-exact", List.of(HT), List.of(0)),
        header("refined-column-twice", List.of(HT), List.of(PT, PT)),
        header("refined-column-beyond", List.of(HT), List.of(3)),
        refined("refined-more-events-than-there-are", 3, new long[] {0, 0}, new long[] {0, 0, 0}),
        refined("refined-event-behind-the-last", 1, new long[] {2}, new long[] {0}),
        refined("refined-event-negative", 1, new long[] {-1}, new long[] {0, 0}),
        refined("refined-values-missing", 1, new long[] {0}, new long[] {0}),
        refined("refined-value-beyond-all-floats", 1, new long[] {0}, new long[] {0, 1L << 31}));
  }

  private static BadFile header(String name, List<Bound> bounds, List<Integer> refined) {
    return BadFile.damaged(name, file -> promise(file, bounds, refined));
  }

  /** Says that the first block, which has events of two jets and of one, has these refined. */
  private static BadFile refined(String name, int number, long[] gaps, long[] differences) {
    return BadFile.damaged(name, refinement(number, gaps, differences));
  }

  static Consumer<SmallFile> refinement(int number, long[] gaps, long[] differences) {
    return file -> {
      promise(file, List.of(HT), List.of(PT));
      file.trees.add(ForgedTree.ofOneLeaf(4, 4, -1));
      file.trees.add(ForgedTree.ofOneLeaf(4, 40, -1));
      SmallFile.Block block = file.blocks.getFirst();
      block.refined = number;
      block.streams.add(file.stream(4, gaps));
      block.streams.add(file.stream(5, differences));
      file.blocks.getLast().streams.addAll(List.of(SmallFile.NO_BYTES, SmallFile.NO_BYTES));
    };
  }

  private static void promise(SmallFile file, List<Bound> bounds, List<Integer> refined) {
    file.fields =
        new HeaderFields(
            file.fields.producer(),
            file.fields.models(),
            file.fields.groups(),
            file.fields.columns(),
            new HeaderFields.Guarantees("", bounds, refined));
    file.header = ForgedHeader.write(file.fields, 0);
  }
}
