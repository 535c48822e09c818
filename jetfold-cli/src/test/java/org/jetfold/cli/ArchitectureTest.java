package org.jetfold.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.jetfold.codec.error.JetfoldException;
import org.jetfold.testing.ImportedCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which package may know which, over all modules: what module descriptors do not say. */
@Tag("slow")
class ArchitectureTest {
  private static final String CLI = "org.jetfold.cli";

  private static final ImportedCode CODE = new ImportedCode("org.jetfold");

  /**
   * {@code codec} and {@code tables} check it themselves; {@code root} has its types for users
   * above.
   */
  @ParameterizedTest
  @ValueSource(strings = {"cli", "study", "train"})
  void packagesHaveNoCycles(String module) {
    CODE.checkForCycles("org.jetfold." + module);
  }

  @Test
  void theConsoleKnowsNoCommand() {
    CODE.check(
        noClasses()
            .that(CODE.in(CLI + ".console", CLI + ".file", CLI + ".option"))
            .should()
            .dependOnClassesThat(CODE.existing(simpleNameEndingWith("Command")))
            .because("what all commands stand on must not lean on one of them"));
  }

  @Test
  void whatUsersCatchHasOneSupertype() {
    CODE.check(
        classes()
            .that()
            .areAssignableTo(Throwable.class)
            .and(
                CODE.in(
                    "org.jetfold.codec..",
                    "org.jetfold.tables..",
                    "org.jetfold.study..",
                    "org.jetfold.train.."))
            // Between the layers of the codec, which makes a DamagedFileException of them.
            .and(not(CODE.in("org.jetfold.codec.bytes", "org.jetfold.codec.quantize")))
            .should()
            .beAssignableTo(JetfoldException.class)
            .because("a program catches all that is wrong with its input in one place"));
  }

  @Test
  void onlyTrainingKnowsLibtorch() {
    CODE.check(
        noClasses()
            .that(not(CODE.in("org.jetfold.train..")))
            .should()
            .dependOnClassesThat(CODE.in("ai.djl.."))
            .because("all that codes must run where libtorch is missing"));
  }
}
