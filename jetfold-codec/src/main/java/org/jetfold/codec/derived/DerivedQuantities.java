package org.jetfold.codec.derived;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The quantities that can be computed from a table's columns: those that are usual for jets, and
 * expressions that somebody gave a name. docs/derived.md has their formulas. Immutable and safe to
 * share.
 */
public final class DerivedQuantities {
  private static final Map<String, String> OF_OBJECTS = new LinkedHashMap<>();
  private static final Map<String, OfEvent> OF_EVENTS = new LinkedHashMap<>();

  private static final String RAPIDITY = "asinh(pt*sinh(eta)/hypot(pt,m))";
  private static final String D_PHI = "abs(atan2(sin(phi1-phi2),cos(phi1-phi2)))";

  static {
    OF_OBJECTS.put("px", "pt*cos(phi)");
    OF_OBJECTS.put("py", "pt*sin(phi)");
    OF_OBJECTS.put("pz", "pt*sinh(eta)");
    OF_OBJECTS.put("E", "hypot(pt*cosh(eta),m)");
    OF_OBJECTS.put("rapidity", RAPIDITY);
    OF_OBJECTS.put("mT", "hypot(pt,m)");
    OF_EVENTS.put("HT", new OfEvent("sum", Map.of("sum", "pt")));
    OF_EVENTS.put("MHT", new OfEvent("hypot(x,y)", Map.of("x", "pt*cos(phi)", "y", "pt*sin(phi)")));
    OF_EVENTS.put(
        "mjj",
        new OfEvent(
            "sqrt(max(0, m1^2 + m2^2 + 2*(mT1*mT2*cosh(y1-y2) - pt1*pt2*cos(phi1-phi2))))",
            Map.of()));
    OF_EVENTS.put("y*", new OfEvent("abs(y1-y2)/2", Map.of()));
    OF_EVENTS.put("dEta", new OfEvent("abs(eta1-eta2)", Map.of()));
    OF_EVENTS.put("dPhi", new OfEvent(D_PHI, Map.of()));
    OF_EVENTS.put("dR", new OfEvent("hypot(eta1-eta2," + D_PHI + ")", Map.of()));
  }

  /** Other names of the same. */
  private static final Map<String, String> ALIASES =
      Map.of("ystar", "y*", "deta12", "dEta", "dphi12", "dPhi", "dr12", "dR", "y", "rapidity");

  private final Schema schema;
  private final List<QualifiedColumn> columns;
  private final @Nullable String jets;
  private final Map<String, DerivedQuantity> named = new LinkedHashMap<>();

  /**
   * A quantity of an event's jets.
   *
   * @param formula of values of the leading jet (pt1) and the second (pt2), or of sums
   * @param sums the names of sums over all jets, and what is summed
   */
  private record OfEvent(String formula, Map<String, String> sums) {}

  /**
   * The quantities of a table.
   *
   * @param jets the collection whose objects are meant by px, HT and so on; null for the only one
   *     that has pt and eta
   * @param definitions named expressions of columns, each {@code name = expression}
   * @throws DerivedQuantityException where a definition does not parse, its name is that of a
   *     column or of another quantity, or its columns are unknown or do not go together
   */
  public DerivedQuantities(Schema schema, @Nullable String jets, List<String> definitions) {
    this.schema = schema;
    this.jets = jets;
    columns = QualifiedColumn.all(schema);
    for (String definition : definitions) {
      try {
        define(definition);
      } catch (DerivedQuantityException e) {
        throw e.about(DerivedQuantityException.Subject.DEFINITION);
      }
    }
    if (jets != null) {
      JetCollection.find(schema, jets);
    }
  }

  /** The names that {@link #find} knows, whether or not this table's columns suffice for them. */
  public List<String> names() {
    List<String> names = new ArrayList<>(named.keySet());
    names.addAll(OF_OBJECTS.keySet());
    names.addAll(OF_EVENTS.keySet());
    return names.stream().filter(name -> !isColumn(name)).toList();
  }

  /** The names of the quantities that were given definitions. */
  public Set<String> defined() {
    return Set.copyOf(named.keySet());
  }

  /** Whether {@link #find} knows a name. A column of that name goes before. */
  public boolean has(String name) {
    return names().contains(usualName(name)) && !isColumn(name);
  }

  /** The name that a quantity has in results, for one of the names that {@link #find} knows. */
  public static String usualName(String name) {
    return ALIASES.getOrDefault(name, name);
  }

  /** Whether a quantity is computed from the jets, rather than by a definition. */
  public boolean isOfJets(String name) {
    return has(name) && !named.containsKey(name);
  }

  /**
   * The quantity of a name.
   *
   * @throws DerivedQuantityException where there is none, or this table lacks what it is computed
   *     from
   */
  public DerivedQuantity find(String name) {
    if (isColumn(name)) {
      throw new DerivedQuantityException(
          "%s is a column of the table, not a quantity computed from columns".formatted(name));
    }
    DerivedQuantity defined = named.get(name);
    if (defined != null) {
      return defined;
    }
    if (!OF_OBJECTS.containsKey(usualName(name)) && !OF_EVENTS.containsKey(usualName(name))) {
      throw new DerivedQuantityException(
          "no quantity is called %s: %s".formatted(name, QualifiedColumn.nearName(name, names())));
    }
    if (OF_EVENTS.containsKey(usualName(name)) && !schema.hasEvents()) {
      throw new DerivedQuantityException(
          "%s is a quantity of events, and the table has no events".formatted(usualName(name)));
    }
    return ofJets(name, JetCollection.find(schema, jets));
  }

  /**
   * One of the usual quantities of jets, whatever the table's columns are called.
   *
   * @param name one of the names that docs/derived.md lists
   * @throws DerivedQuantityException where the jets lack what it is computed from
   */
  public static DerivedQuantity ofJets(String name, JetCollection jets) {
    String usual = usualName(name);
    String ofObjects = OF_OBJECTS.get(usual);
    if (ofObjects != null) {
      return new EntryQuantity(usual, jets.bind(ofObjects, usual));
    }
    OfEvent ofEvent = OF_EVENTS.get(usual);
    if (ofEvent == null) {
      throw new IllegalArgumentException(name);
    }
    return ofEvent(usual, ofEvent, jets);
  }

  private boolean isColumn(String name) {
    return columns.stream().anyMatch(column -> column.names().contains(name));
  }

  private static EventQuantity ofEvent(String name, OfEvent described, JetCollection found) {
    Expression outer = Expression.parse(described.formula());
    List<EventQuantity.Term> terms = new ArrayList<>();
    for (String term : outer.names()) {
      String summed = described.sums().get(term);
      if (summed != null) {
        terms.add(new EventQuantity.Term(EventQuantity.Jets.ALL, found.bind(summed, name)));
      } else {
        int last = term.length() - 1;
        EventQuantity.Jets which =
            term.charAt(last) == '1' ? EventQuantity.Jets.LEADING : EventQuantity.Jets.SECOND;
        terms.add(new EventQuantity.Term(which, found.bind(ofJet(term.substring(0, last)), name)));
      }
    }
    return new EventQuantity(name, formula(described), outer, terms, found.bind("pt", name));
  }

  private static String ofJet(String value) {
    return switch (value) {
      case "y" -> RAPIDITY;
      case "mT" -> "hypot(pt,m)";
      default -> value;
    };
  }

  private static String formula(OfEvent described) {
    String formula = described.formula();
    for (Map.Entry<String, String> sum : described.sums().entrySet()) {
      formula = formula.replaceAll("\\b" + sum.getKey() + "\\b", "Σ(" + sum.getValue() + ")");
    }
    return formula;
  }

  private void define(String definition) {
    int equals = definition.indexOf('=');
    String name = equals < 0 ? "" : definition.substring(0, equals).strip();
    if (name.isEmpty()) {
      throw new DerivedQuantityException(
          "a quantity is written as name = expression, such as ptRatio = pt/ptRaw, not as "
              + definition);
    }
    if (isColumn(name)) {
      throw new DerivedQuantityException(
          "a column is called %s: give the quantity another name".formatted(name));
    }
    if (named.containsKey(name) || has(name)) {
      throw new DerivedQuantityException(
          "a quantity is called %s: give this one another name".formatted(name));
    }
    Expression expression = Expression.parse(definition.substring(equals + 1).strip());
    named.put(name, new EntryQuantity(name, new ExpressionBinder(schema).bind(name, expression)));
  }
}
