package dev.bobbin.packaging;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md that neither the compiler nor the module system checks. */
class ArchitectureIT {
  private static final ArchRule NO_CYCLES =
      slices().matching("dev.bobbin.(**)").should().beFreeOfCycles();

  private static final ArchRule NO_STATIC_STATE =
      fields()
          .that()
          .areStatic()
          .and(
              DescribedPredicate.describe(
                  "are written by hand", field -> !field.getModifiers().contains(SYNTHETIC)))
          .should(beConstant());

  private static JavaClasses published;

  @BeforeAll
  static void read() {
    published = new ClassFileImporter().importPackages("dev.bobbin.xmpp", "dev.bobbin.store");
    assertThat(published.size()).as("classes found").isGreaterThan(150);
  }

  @Test
  void packages_ofAllModules_haveNoCycles() {
    NO_CYCLES.check(published);
  }

  @Test
  void staticFields_everywhere_areConstants() {
    NO_STATIC_STATE.check(published);
  }

  @Test
  void staticFields_thatHoldState_areFound() {
    JavaClasses stateful = new ClassFileImporter().importClasses(Stateful.class);

    assertThat(NO_STATIC_STATE.evaluate(stateful).getFailureReport().getDetails())
        .extracting(detail -> detail.replaceFirst(" .*", "").replaceFirst(".*\\.", ""))
        .containsExactlyInAnyOrder("NOT_FINAL", "HOLDER", "LIST", "INSIDE_A_LIST", "ARRAY");
  }

  @Test
  void code_everywhere_logsThroughSlf4jAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..testkit..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .check(published);
  }

  private static ArchCondition<JavaField> beConstant() {
    return new ArchCondition<>("be final and hold what cannot change") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        boolean constant =
            field.getModifiers().contains(FINAL) && Constants.holdsOne(field.reflect());
        events.add(
            new SimpleConditionEvent(
                field, constant, field.getFullName() + " of " + field.getRawType().getName()));
      }
    };
  }

  /** What the rule is there to find. */
  @SuppressWarnings({"unused", "NonFinalStaticField"})
  private static final class Stateful {
    static int NOT_FINAL;
    static final Stateful HOLDER = new Stateful();
    static final List<String> LIST = new ArrayList<>();
    static final Set<Object> INSIDE_A_LIST = Set.of(new Stateful());
    static final int[] ARRAY = {1};
    static final Set<Object> CONSTANT = Set.of(List.of("a"), 1);

    private final ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
  }
}
