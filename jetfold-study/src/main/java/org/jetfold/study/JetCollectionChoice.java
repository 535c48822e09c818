package org.jetfold.study;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the collection of jets among others by its name. */
public final class JetCollectionChoice {
  private static final Set<String> PLAIN = Set.of("jet", "jets", "analysisjets");
  private static final List<String> OTHERS =
      List.of("electron", "muon", "tau", "photon", "lepton", "egamma", "track", "cluster");

  private JetCollectionChoice() {}

  /**
   * The collection of jets: the one that is called Jet, Jets or AnalysisJets, else the only one
   * with jet in its name, else the only one that is not named after other objects.
   *
   * @param names of the collections that have the columns it takes
   * @return null where there is none, or more than one
   */
  public static @Nullable String find(List<String> names) {
    List<String> plain = names.stream().filter(name -> PLAIN.contains(bare(name))).toList();
    List<String> jets = names.stream().filter(name -> bare(name).contains("jet")).toList();
    List<String> unnamed =
        names.stream().filter(name -> OTHERS.stream().noneMatch(bare(name)::contains)).toList();
    List<String> best = !plain.isEmpty() ? plain : !jets.isEmpty() ? jets : unnamed;
    return best.size() == 1 ? best.getFirst() : null;
  }

  /**
   * The collection of jets, or the one that was asked for.
   *
   * @param asked its name; null to find it
   * @throws UnclearJetsException where it cannot be told, or there is no such one
   */
  public static String require(List<String> names, @Nullable String asked)
      throws UnclearJetsException {
    if (asked != null) {
      if (names.contains(asked)) {
        return asked;
      }
      throw new UnclearJetsException(
          "no collection with the columns of jets is called %s; there are: %s"
              .formatted(asked, String.join(", ", names)));
    }
    String found = find(names);
    if (found == null) {
      throw new UnclearJetsException(
          "which collection holds the jets is not clear from the names: "
              + String.join(", ", names));
    }
    return found;
  }

  /** Whether a collection is named after other objects than jets. */
  public static boolean isOfOthers(String name) {
    return !bare(name).contains("jet") && OTHERS.stream().anyMatch(bare(name)::contains);
  }

  /** A name in lower case, without what xAOD adds. */
  private static String bare(String name) {
    return name.toLowerCase(Locale.ROOT).replaceFirst("aux(dyn)?[.:]?$", "");
  }
}
