package org.jetfold.codec.derived;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table's jets, by their usual names.
 *
 * @param group the jets' group: a collection of the events, or the rows of a flat table
 * @param name the collection's; {@code rows} for the rows of a flat table
 * @param pt the number of the column of transverse momenta, of eta and of phi; −1 where there is
 *     none
 * @param m the number of the column of masses; −1 where there is none, and jets have no mass
 */
public record JetCollection(int group, String name, int pt, int eta, int phi, int m) {
  /**
   * Finds the jets.
   *
   * @param wanted the collection's name; null for the only one with pt and eta
   * @throws DerivedQuantityException where there is no such collection, or several are possible
   */
  static JetCollection find(Schema schema, @Nullable String wanted) {
    List<JetCollection> all = all(schema);
    List<String> names = all.stream().map(JetCollection::name).toList();
    if (wanted != null) {
      int found = names.indexOf(wanted);
      if (found < 0) {
        throw new DerivedQuantityException(
            DerivedQuantityException.Subject.JETS,
            "no collection with pt and eta is called %s: %s"
                .formatted(wanted, QualifiedColumn.nearName(wanted, names)));
      }
      return all.get(found);
    }
    if (all.isEmpty()) {
      throw new DerivedQuantityException(
          "no collection has columns pt and eta, and so quantities of jets cannot be computed");
    }
    if (all.size() > 1) {
      throw new DerivedQuantityException(
          DerivedQuantityException.Subject.JETS,
          "%d collections have pt and eta: name one of %s"
              .formatted(all.size(), String.join(", ", names)));
    }
    return all.getFirst();
  }

  /** All collections that have columns pt and eta. */
  public static List<JetCollection> all(Schema schema) {
    List<JetCollection> all = new ArrayList<>();
    for (int group = 0; group < schema.groups().size(); group++) {
      // Jets are a collection of the events, or the rows of a flat table.
      if (group == 0 ? !schema.hasEvents() : schema.parent(group) == 0) {
        JetCollection jets = of(schema, group);
        if (jets.pt >= 0 && jets.eta >= 0) {
          all.add(jets);
        }
      }
    }
    return all;
  }

  private static JetCollection of(Schema schema, int group) {
    List<Column> columns = schema.groups().get(group).columns();
    JetNames names = new JetNames(columns.stream().map(Column::name).toList());
    int first = schema.firstColumn(group);
    return new JetCollection(
        group,
        group == 0 ? "rows" : schema.groups().get(group).name(),
        number(first, names.find("pt")),
        number(first, names.find("eta")),
        number(first, names.find("phi")),
        number(first, names.find("m", "mass")));
  }

  private static int number(int first, int found) {
    return found < 0 ? -1 : first + found;
  }

  /**
   * An expression of the jets' pt, eta, phi and m.
   *
   * @param quantity that it is for, for messages
   * @throws DerivedQuantityException where the jets have no phi, and the expression needs it
   */
  BoundExpression bind(String text, String quantity) {
    Expression expression = Expression.parse(m < 0 ? text.replaceAll("\\bm\\b", "0") : text);
    List<Integer> columns = new ArrayList<>();
    for (String name : expression.names()) {
      int column =
          switch (name) {
            case "pt" -> pt;
            case "eta" -> eta;
            case "phi" -> phi;
            case "m" -> m;
            default -> throw new IllegalArgumentException(name);
          };
      if (column < 0) {
        throw new DerivedQuantityException(
            "%s is computed from %s, and %s has no such column"
                .formatted(quantity, name, this.name));
      }
      columns.add(column);
    }
    return new BoundExpression(expression, group, columns);
  }
}
