package org.jetfold.codec;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.jetfold.testing.ImportedCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The arrows inside the codec point one way. Those between modules are the module descriptors'
 * business.
 */
@Tag("slow")
class ArchitectureTest {
  private static final String CODEC = "org.jetfold.codec";

  private static final ImportedCode CODE = new ImportedCode(CODEC);

  @Test
  void theContainerNeverSeesANetwork() {
    CODE.check(
        noClasses()
            .that(CODE.in(CODEC + ".container..", CODEC + ".file.."))
            .should()
            .dependOnClassesThat(CODE.in(CODEC + ".network.."))
            .because("a file is read and written the same way, whatever model it holds"));
  }

  @Test
  void entropyNeverSeesATable() {
    CODE.check(
        noClasses()
            .that(CODE.in(CODEC + ".entropy.."))
            .should()
            .dependOnClassesThat(CODE.in(CODEC + ".table.."))
            .because("a coder knows symbols, not columns"));
  }

  @Test
  void aQuantizerStandsAlone() {
    CODE.check(
        noClasses()
            .that(CODE.in(CODEC + ".quantize.."))
            .should()
            .dependOnClassesThat(
                CODE.in(CODEC + "..")
                    .and(
                        not(
                            CODE.in(
                                CODEC + ".quantize..",
                                CODEC + ".precision..",
                                CODEC + ".table.."))))
            .because(
                "the error bound must be provable from this package, settings and arrays alone"));
  }

  @Test
  void packagesHaveNoCycles() {
    CODE.checkForCycles();
  }

  @Test
  void theCodecNeedsNothingButTheJdk() {
    CODE.check(
        classes()
            .should()
            .onlyDependOnClassesThat(
                CODE.in(
                    CODEC + "..", "java..", "jdk.incubator.vector..", "org.jspecify.annotations.."))
            .because("a trigger embeds it"));
  }
}
