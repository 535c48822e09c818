package org.jetfold.testing;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The compiled code below a package, tests excluded, and what rules about it may speak of.
 *
 * <p>A rule that no class may depend on those of a package holds for ever once that package is
 * renamed. So the predicates here throw an {@link AssertionError} where they match nothing.
 */
public final class ImportedCode {
  private final String topPackage;
  private final JavaClasses classes;

  /** The classes, and all that they depend on. */
  private final Set<JavaClass> known = new LinkedHashSet<>();

  /** Imports all packages below this one. */
  public ImportedCode(String topPackage) {
    this.topPackage = topPackage;
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(topPackage);
    for (JavaClass each : classes) {
      known.add(each);
      for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
        known.add(dependency.getTargetClass());
      }
    }
  }

  /** Checks a rule. */
  public void check(ArchRule rule) {
    rule.check(classes);
  }

  /** Checks that packages do not depend on each other in a cycle, the top package included. */
  public void checkForCycles() {
    checkForCycles(topPackage);
  }

  /** The same of one of the packages and those below it. */
  public void checkForCycles(String part) {
    String above = part.substring(0, part.lastIndexOf('.'));
    slices()
        .matching(above + ".(**)")
        .should()
        .beFreeOfCycles()
        .check(classes.that(in(part + "..")));
  }

  /** Classes in any of these packages, in ArchUnit's notation; there is one in each. */
  public DescribedPredicate<JavaClass> in(String... packages) {
    for (String pattern : packages) {
      existing(resideInAPackage(pattern));
    }
    return resideInAnyPackage(packages);
  }

  /** Classes that a predicate matches; there is one. */
  public DescribedPredicate<JavaClass> existing(DescribedPredicate<JavaClass> predicate) {
    if (known.stream().noneMatch(predicate)) {
      throw new AssertionError(
          "no class here or below does "
              + predicate.getDescription()
              + ": a rule speaks of something that is gone or has another name; change the rule");
    }
    return predicate;
  }
}
