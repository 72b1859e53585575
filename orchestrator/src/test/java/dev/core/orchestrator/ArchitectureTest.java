package dev.core.orchestrator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows between modules and packages, and the rules of the house. */
class ArchitectureTest {

  private static final String ORCHESTRATOR = "dev.core.orchestrator";
  private static final String[] SQL = {
    "java.sql..", "javax.sql..", "org.jdbi..", "org.h2..", "org.postgresql..", "com.zaxxer.."
  };
  private static final String[] HTTP = {
    "io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..", "java.net.http..", "gg.jte.."
  };
  private static final String[] PURE = {
    ORCHESTRATOR + ".dag",
    ORCHESTRATOR + ".engine",
    ORCHESTRATOR + ".forecast",
    ORCHESTRATOR + ".trigger",
    "dev.core.common.definition",
    "dev.core.common.variables"
  };

  private static final JavaClasses CODE = code();

  /** All modules: those on the class path, and the worker, which is not. */
  private static JavaClasses code() {
    var paths = new ArrayList<Path>();
    for (var module : List.of("migrations", "common", "worker", "orchestrator")) {
      var compiled = Path.of("..", module, "target", "classes");
      if (Files.isDirectory(compiled)) {
        paths.add(compiled);
      }
    }
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPaths(paths);
  }

  @Test
  void modulesPointOneWay() {
    noClasses()
        .that()
        .resideInAPackage("dev.core.migrations..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.core.common..", "dev.core.worker..", ORCHESTRATOR + "..")
        .check(CODE);
    noClasses()
        .that()
        .resideInAPackage("dev.core.common..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.core.worker..", ORCHESTRATOR + "..")
        .check(CODE);
    noClasses()
        .that()
        .resideInAPackage("dev.core.worker..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ORCHESTRATOR + "..")
        .allowEmptyShould(true)
        .check(CODE);
    noClasses()
        .that()
        .resideInAPackage(ORCHESTRATOR + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.core.worker..")
        .check(CODE);
  }

  /** What each package of the orchestrator may not know. */
  @Test
  void packagesOfTheOrchestratorPointOneWay() {
    var forbidden = new TreeMap<String, List<String>>();
    forbidden.put(
        "dag",
        List.of("engine", "store", "compute", "command", "api", "web", "cli", "presentation"));
    forbidden.put("engine", List.of("store", "compute", "api", "web", "cli", "presentation"));
    forbidden.put(
        "trigger",
        List.of("dag", "engine..", "store", "compute..", "command", "api", "web", "cli"));
    forbidden.put(
        "compute..",
        List.of("dag", "engine..", "store", "command", "api", "web", "cli", "presentation"));
    forbidden.put(
        "forecast",
        List.of(
            "engine.loop", "store", "compute..", "command", "api", "web", "cli", "presentation"));
    forbidden.put("store", List.of("compute..", "api", "web", "cli", "presentation"));
    forbidden.put("presentation", List.of("store", "compute..", "api", "web", "cli"));
    forbidden.put("engine.loop", List.of("api", "web", "cli", "presentation"));
    forbidden.put("api", List.of("compute..", "engine.loop", "web", "cli"));
    forbidden.put("web", List.of("compute..", "engine.loop", "cli"));
    forbidden.put("cli", List.of("engine.loop"));
    for (Map.Entry<String, List<String>> rule : forbidden.entrySet()) {
      noClasses()
          .that()
          .resideInAPackage(ORCHESTRATOR + "." + rule.getKey())
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              rule.getValue().stream()
                  .map(name -> ORCHESTRATOR + "." + name)
                  .toArray(String[]::new))
          .allowEmptyShould(true)
          .check(CODE);
    }
  }

  @Test
  void pureCodeKnowsNeitherSqlNorHttpNorAwsNorTheClock() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat(resideInAnyPackage(SQL).or(resideInAnyPackage(HTTP)))
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon..", "java.nio.file..", "org.slf4j..")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(InstantSource.class)
        .check(CODE);
  }

  @Test
  void nobodyReadsTheWallClock() {
    for (Class<?> type :
        List.of(
            Instant.class,
            LocalDate.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class)) {
      noClasses().should().callMethod(type, "now").check(CODE);
    }
    // The clock of H2, which a simulator sets, is what the wall clock is on Postgres.
    noClasses()
        .that(not(isMainClass()))
        .and()
        .resideOutsideOfPackage("dev.core.migrations.h2")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .orShould()
        .callMethod(InstantSource.class, "system")
        .check(CODE);
  }

  @Test
  void onlySettingsAndMainClassesReadTheEnvironment() {
    noClasses()
        .that(not(isMainClass()))
        .and()
        .resideOutsideOfPackage("dev.core.common.settings")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(CODE);
  }

  @Test
  void awsTypesStayInTheirPackages() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ORCHESTRATOR + ".compute.cloud..",
            "dev.core.common.storage.s3..",
            "dev.core.common.secrets")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(CODE);
  }

  @Test
  void sqlAndHttpStayWhereTheyBelong() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ORCHESTRATOR + ".dag",
            ORCHESTRATOR + ".engine",
            ORCHESTRATOR + ".presentation",
            ORCHESTRATOR + ".web")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SQL)
        .check(CODE);
    noClasses()
        .that()
        .resideOutsideOfPackages(ORCHESTRATOR + ".api", ORCHESTRATOR + ".web", "gg.jte.generated..")
        .and()
        .resideInAPackage("dev.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "gg.jte..")
        .check(CODE);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.core.(**)").should().beFreeOfCycles().check(CODE);
  }

  @Test
  void namesSayWhatThingsAre() {
    classes()
        .that()
        .resideInAPackage("dev.core..")
        .and()
        .doNotHaveSimpleName("SessionHelper")
        .should()
        .haveNameNotMatching(".*(Manager|Helper|Util|Utils|Impl)")
        .check(CODE);
  }

  @Test
  void everyPackageIsNullMarked() {
    var unmarked = new ArrayList<String>();
    CODE.stream()
        .filter(type -> type.getPackageName().startsWith("dev.core"))
        .map(JavaClass::getPackage)
        .distinct()
        .filter(each -> !each.getClasses().isEmpty() && !each.isAnnotatedWith(NullMarked.class))
        .forEach(each -> unmarked.add(each.getName()));
    assertThat(unmarked).isEmpty();
  }

  private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> isMainClass() {
    return com.tngtech.archunit.base.DescribedPredicate.describe(
        "are main classes", type -> type.tryGetMethod("main", String[].class).isPresent());
  }
}
