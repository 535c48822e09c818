package org.jetfold.tables;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.jetfold.tables.format.TableFormat;
import org.jetfold.testing.ImportedCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The arrows inside the module point one way, and a format stands alone. */
@Tag("slow")
class ArchitectureTest {
  private static final String TABLES = "org.jetfold.tables";

  private static final ImportedCode CODE = new ImportedCode(TABLES);

  /** The packages that hold a format. */
  private static Set<String> formats() {
    Set<String> packages = new TreeSet<>();
    for (TableFormat format : TableFormats.all()) {
      packages.add(format.getClass().getPackageName());
    }
    return packages;
  }

  @Test
  void packagesHaveNoCycles() {
    CODE.checkForCycles();
  }

  @Test
  void formatsDoNotKnowEachOther() {
    assertThat(formats()).hasSizeGreaterThanOrEqualTo(5).doesNotContain(TABLES);
    for (String format : formats()) {
      String[] others = formats().stream().filter(o -> !o.equals(format)).toArray(String[]::new);
      CODE.check(
          noClasses()
              .that(CODE.in(format))
              .should()
              .dependOnClassesThat(CODE.in(others))
              .because("adding or removing a format touches its own package and one list"));
    }
  }

  @Test
  void whatFormatsStandOnKnowsNone() {
    CODE.check(
        noClasses()
            .that(CODE.in(TABLES + ".format", TABLES + ".rows", TABLES + ".events"))
            .should()
            .dependOnClassesThat(CODE.in(formats().toArray(String[]::new))));
  }
}
