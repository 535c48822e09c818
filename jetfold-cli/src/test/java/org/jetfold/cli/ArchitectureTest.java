package org.jetfold.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which package may know which, over all modules: what module descriptors do not say. */
class ArchitectureTest {
  private static final String CLI = "org.jetfold.cli";

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.jetfold");

  /** Not so in {@code root} and {@code tables}, whose types for users are in the upper package. */
  @ParameterizedTest
  @ValueSource(strings = {"cli", "study", "train"})
  void packagesHaveNoCycles(String module) {
    slices()
        .matching("org.jetfold." + module + ".(**)")
        .should()
        .beFreeOfCycles()
        .check(PRODUCTION);
  }

  @Test
  void theConsoleKnowsNoCommand() {
    noClasses()
        .that(resideInAnyPackage(CLI + ".console", CLI + ".file", CLI + ".option"))
        .should()
        .dependOnClassesThat()
        .haveSimpleNameEndingWith("Command")
        .because("what all commands stand on must not lean on one of them")
        .check(PRODUCTION);
  }

  @Test
  void onlyTrainingKnowsLibtorch() {
    noClasses()
        .that(resideOutsideOfPackage("org.jetfold.train.."))
        .should()
        .dependOnClassesThat(resideInAPackage("ai.djl.."))
        .because("all that codes must run where libtorch is missing")
        .check(PRODUCTION);
  }
}
