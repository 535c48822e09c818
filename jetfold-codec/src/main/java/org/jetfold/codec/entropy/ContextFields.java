package org.jetfold.codec.entropy;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.entropy.Contexts.Reference;
import org.jetfold.codec.entropy.Contexts.Source;

/** What is told of a stream's contexts before their distributions (docs/format.md section 7.2). */
final class ContextFields {
  private static final int NONE = 0;
  private static final int ROW_BEFORE = 1;
  private static final int OTHER_COLUMN = 2;

  private static final int NOTHING = 0;
  private static final int PLACE = 1;
  private static final int FIRST_COLUMN = 2;

  private ContextFields() {}

  static void write(Contexts contexts, BinaryEncoder out) {
    switch (contexts.reference()) {
      case Reference.None() -> out.number(DistributionContexts.KIND, NONE);
      case Reference.RowBefore() -> out.number(DistributionContexts.KIND, ROW_BEFORE);
      case Reference.OtherColumn(int column) -> {
        out.number(DistributionContexts.KIND, OTHER_COLUMN);
        out.number(DistributionContexts.COLUMN, column);
      }
    }
    out.number(
        DistributionContexts.SOURCE,
        switch (contexts.source()) {
          case Source.Nothing() -> NOTHING;
          case Source.Place() -> PLACE;
          case Source.OtherColumn(int column) -> FIRST_COLUMN + column;
        });
    out.number(DistributionContexts.LIMITS, contexts.limits().size());
    long before = 0;
    for (long limit : contexts.limits()) {
      out.number(DistributionContexts.STEP, limit - before - 1);
      before = limit;
    }
  }

  static Contexts read(DistributionReader in) {
    Reference reference =
        switch (in.number(DistributionContexts.KIND, OTHER_COLUMN, "a reference's kind")) {
          case NONE -> new Reference.None();
          case ROW_BEFORE -> new Reference.RowBefore();
          default ->
              new Reference.OtherColumn(
                  in.number(
                      DistributionContexts.COLUMN, Integer.MAX_VALUE, "a reference's column"));
        };
    int number =
        in.number(DistributionContexts.SOURCE, Integer.MAX_VALUE, "the source of contexts");
    Source source =
        switch (number) {
          case NOTHING -> new Source.Nothing();
          case PLACE -> new Source.Place();
          default -> new Source.OtherColumn(number - FIRST_COLUMN);
        };
    int most = number == NOTHING ? 0 : Contexts.MAX_LIMITS;
    int limits = in.number(DistributionContexts.LIMITS, most, "the number of contexts' limits");
    List<Long> read = new ArrayList<>();
    long before = 0;
    for (int i = 0; i < limits; i++) {
      long step = in.number(DistributionContexts.STEP);
      if (step < 0 || before + step + 1 <= 0) {
        throw in.malformed("a limit of contexts is beyond 63 bits");
      }
      before += step + 1;
      read.add(before);
    }
    Contexts contexts = new Contexts(reference, source, read);
    if (contexts.number() > Contexts.MOST) {
      throw in.malformed("a stream has more than %d contexts".formatted(Contexts.MOST));
    }
    return contexts;
  }
}
