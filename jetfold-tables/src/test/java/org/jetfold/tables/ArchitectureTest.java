package org.jetfold.tables;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jetfold.tables.format.TableFormat;
import org.junit.jupiter.api.Test;

/** The arrows inside the module point one way, and a format stands alone. */
class ArchitectureTest {
  private static final String TABLES = "org.jetfold.tables";

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(TABLES);

  /** The packages that hold a format. */
  private static Set<String> formats() {
    Set<String> packages = new TreeSet<>();
    for (TableFormat format : TableFiles.formats()) {
      packages.add(format.getClass().getPackageName());
    }
    return packages;
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.jetfold.(**)").should().beFreeOfCycles().check(PRODUCTION);
  }

  @Test
  void formatsDoNotKnowEachOther() {
    assertThat(formats()).hasSizeGreaterThanOrEqualTo(5).doesNotContain(TABLES);
    for (String format : formats()) {
      String[] others = formats().stream().filter(o -> !o.equals(format)).toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(format)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .because("adding or removing a format touches its own package and one list")
          .check(PRODUCTION);
    }
  }

  @Test
  void whatFormatsStandOnKnowsNone() {
    List<String> ground = List.of(TABLES + ".format", TABLES + ".rows", TABLES + ".events");
    for (String each : ground) {
      noClasses()
          .that()
          .resideInAPackage(each)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(formats().toArray(String[]::new))
          .check(PRODUCTION);
    }
  }
}
