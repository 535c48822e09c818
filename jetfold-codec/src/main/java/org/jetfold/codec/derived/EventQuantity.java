package org.jetfold.codec.derived;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.table.Table;

/**
 * A quantity of each event: an expression of sums over the event's jets, or of values of its two
 * leading jets.
 *
 * @param outer whose names are the terms
 * @param terms one for each name of the expression
 * @param pt of the jets, by which they are ordered
 */
record EventQuantity(
    String name, String formula, Expression outer, List<Term> terms, BoundExpression pt)
    implements DerivedQuantity {
  EventQuantity {
    terms = List.copyOf(terms);
  }

  /** Which jets a term is of. */
  enum Jets {
    ALL,
    LEADING,
    SECOND
  }

  /** A value of a jet, or the sum over all jets. */
  record Term(Jets jets, BoundExpression expression) {}

  @Override
  public int group() {
    return 0;
  }

  @Override
  public List<Integer> columns() {
    List<Integer> columns = new ArrayList<>(isOfTwoJets() ? pt.columns() : List.of());
    terms.forEach(term -> columns.addAll(term.expression().columns()));
    return columns.stream().distinct().sorted().toList();
  }

  private boolean isOfTwoJets() {
    return terms.stream().anyMatch(term -> term.jets() != Jets.ALL);
  }

  @Override
  public double[] values(Table table) {
    Events events = new Events(table);
    double[] values = new double[table.rootEntries()];
    for (int event = 0; event < values.length; event++) {
      values[event] = events.value(event);
    }
    return values;
  }

  @Override
  public void derivatives(Table table, DerivativeVisitor visitor) {
    Events events = new Events(table);
    for (int event = 0; event < table.rootEntries(); event++) {
      events.derivatives(event, visitor);
    }
  }

  /** The events of a table. */
  private final class Events {
    private final int[] offsets;
    private final BoundExpression.Reader ptOfTable;
    private final List<BoundExpression.Reader> readers;
    private final double[] values = new double[terms.size()];
    private final double[] derivatives = new double[terms.size()];
    private final boolean ofTwoJets = isOfTwoJets();
    private int leading;
    private int second;

    Events(Table table) {
      offsets = table.offsets(pt.group());
      ptOfTable = pt.over(table);
      readers = terms.stream().map(term -> term.expression().over(table)).toList();
    }

    double value(int event) {
      return read(event) ? outer.value(values) : Double.NaN;
    }

    void derivatives(int event, DerivativeVisitor visitor) {
      if (!read(event)) {
        return;
      }
      Arrays.fill(derivatives, 0);
      outer.addDerivatives(values, 1, derivatives);
      for (int i = 0; i < derivatives.length; i++) {
        BoundExpression.Reader reader = readers.get(i);
        switch (terms.get(i).jets()) {
          case LEADING -> reader.derivatives(leading, event, derivatives[i], visitor);
          case SECOND -> reader.derivatives(second, event, derivatives[i], visitor);
          case ALL -> {
            for (int jet = offsets[event]; jet < offsets[event + 1]; jet++) {
              reader.derivatives(jet, event, derivatives[i], visitor);
            }
          }
        }
      }
    }

    /** Computes the terms; false where two jets are asked for and there are fewer. */
    private boolean read(int event) {
      if (ofTwoJets && !findLeading(offsets[event], offsets[event + 1])) {
        return false;
      }
      for (int i = 0; i < values.length; i++) {
        BoundExpression.Reader reader = readers.get(i);
        values[i] =
            switch (terms.get(i).jets()) {
              case LEADING -> reader.value(leading);
              case SECOND -> reader.value(second);
              case ALL -> {
                double sum = 0;
                for (int jet = offsets[event]; jet < offsets[event + 1]; jet++) {
                  sum += reader.value(jet);
                }
                yield sum;
              }
            };
      }
      return true;
    }

    /** The two jets with the highest pT, of equal ones the first; NaN is no jet's pT. */
    private boolean findLeading(int from, int to) {
      leading = -1;
      second = -1;
      double highest = Double.NaN;
      double next = Double.NaN;
      for (int jet = from; jet < to; jet++) {
        double own = ptOfTable.value(jet);
        if (Double.isNaN(own)) {
          continue;
        }
        if (leading < 0 || own > highest) {
          second = leading;
          next = highest;
          leading = jet;
          highest = own;
        } else if (second < 0 || own > next) {
          second = jet;
          next = own;
        }
      }
      return second >= 0;
    }
  }
}
