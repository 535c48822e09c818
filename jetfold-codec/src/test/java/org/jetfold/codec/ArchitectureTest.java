package org.jetfold.codec;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * The arrows inside the codec point one way. Those between modules are the module descriptors'
 * business.
 *
 * <p>A rule about a package that does not exist yet holds: it is here for the day when it does.
 */
class ArchitectureTest {
  private static final String CODEC = "org.jetfold.codec";

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(CODEC);

  @Test
  void theContainerNeverSeesANetwork() {
    noClasses()
        .that(resideInAPackage(CODEC + ".container.."))
        .should()
        .dependOnClassesThat(resideInAPackage(CODEC + ".network.."))
        .because("a file is read and written the same way, whatever model it holds")
        .allowEmptyShould(true)
        .check(PRODUCTION);
  }

  @Test
  void entropyNeverSeesATable() {
    noClasses()
        .that(resideInAPackage(CODEC + ".entropy.."))
        .should()
        .dependOnClassesThat(resideInAPackage(CODEC + ".table.."))
        .because("a coder knows symbols, not columns")
        .allowEmptyShould(true)
        .check(PRODUCTION);
  }

  @Test
  void aQuantizerStandsAlone() {
    noClasses()
        .that(resideInAPackage(CODEC + ".quantize.."))
        .should()
        .dependOnClassesThat(
            resideInAPackage(CODEC + "..")
                .and(
                    not(
                        resideInAnyPackage(
                            CODEC + ".quantize..", CODEC + ".precision..", CODEC + ".table.."))))
        .because("the error bound must be provable from this package, settings and arrays alone")
        .allowEmptyShould(true)
        .check(PRODUCTION);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.jetfold.(**)").should().beFreeOfCycles().check(PRODUCTION);
  }

  @Test
  void theCodecNeedsNothingButTheJdk() {
    classes()
        .that(alwaysTrue())
        .should()
        .onlyDependOnClassesThat(
            resideInAPackage(CODEC + "..")
                .or(resideInAPackage("java.."))
                .or(resideInAPackage("jdk.incubator.vector.."))
                .or(resideInAPackage("org.jspecify.annotations..")))
        .because("a trigger embeds it")
        .check(PRODUCTION);
  }
}
