package org.jetfold.testing;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code of this module stands for any. */
@Tag("slow")
class ImportedCodeTest {
  private static final ImportedCode CODE = new ImportedCode("org.jetfold.testing");

  @ParameterizedTest
  @ValueSource(strings = {"org.jetfold.gone..", "com.tngtech.gone..", "org.jetfold.testing.*.."})
  void aRuleAboutAPackageThatIsGoneFails(String gone) {
    assertThatThrownBy(() -> CODE.in("org.jetfold.testing..", gone))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(gone);
  }

  @Test
  void aRuleAboutNamesThatAreGoneFails() {
    assertThatThrownBy(() -> CODE.existing(simpleNameEndingWith("Command")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Command");
  }

  @Test
  void aRuleAboutCyclesOfAPackageThatIsGoneFails() {
    assertThatThrownBy(() -> new ImportedCode("org.jetfold.gone").checkForCycles())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("org.jetfold.gone");
  }

  @Test
  void rulesSpeakOfOwnPackagesAndOfThoseDependedOn() {
    assertThatCode(() ->
            CODE.check(
                noClasses()
                    .that(CODE.in("org.jetfold.testing.."))
                    .should()
                    .dependOnClassesThat(CODE.in("java.util.stream"))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("was violated");
    CODE.check(
        noClasses()
            .that(CODE.existing(simpleNameEndingWith("Case")))
            .should()
            .dependOnClassesThat(CODE.in("com.tngtech.archunit..")));
  }
}
