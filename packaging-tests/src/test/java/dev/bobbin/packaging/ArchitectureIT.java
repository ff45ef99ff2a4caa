package dev.bobbin.packaging;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.PRIVATE;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md that neither the compiler nor the module system checks. */
class ArchitectureIT {
  /** Types of the JDK and of SLF4J whose instances nobody can change. */
  private static final Set<String> IMMUTABLE =
      Set.of(
          "java.lang.String",
          "java.lang.System$Logger",
          "java.nio.charset.Charset",
          "java.time.Duration",
          "java.time.Instant",
          "java.util.Comparator",
          "java.util.HexFormat",
          "java.util.regex.Pattern",
          "java.lang.invoke.MethodHandle",
          "java.lang.invoke.VarHandle",
          "org.slf4j.Logger");

  private static JavaClasses published;

  @BeforeAll
  static void read() {
    published = new ClassFileImporter().importPackages("dev.bobbin.xmpp", "dev.bobbin.store");
    assertThat(published.size()).as("classes found").isGreaterThan(150);
  }

  @Test
  void packages_ofAllModules_haveNoCycles() {
    slices().matching("dev.bobbin.(**)").should().beFreeOfCycles().check(published);
  }

  @Test
  void staticFields_everywhere_areConstants() {
    fields()
        .that()
        .areStatic()
        .and(
            DescribedPredicate.describe(
                "are written by hand", f -> !f.getModifiers().contains(SYNTHETIC)))
        .should(beConstant())
        .check(published);
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
        boolean constant = field.getModifiers().contains(FINAL) && holdsConstant(field);
        events.add(
            new SimpleConditionEvent(
                field, constant, field.getFullName() + " of " + field.getRawType().getName()));
      }
    };
  }

  /** An array could be written to, but a private one only by the class that a reader has open. */
  private static boolean holdsConstant(JavaField field) {
    JavaClass type = field.getRawType();
    if (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class)) {
      return valueOf(field).getClass().getName().startsWith("java.util.ImmutableCollections$");
    }
    return type.isPrimitive()
        || IMMUTABLE.contains(type.getName())
        || (type.isArray() && field.getModifiers().contains(PRIVATE))
        || (type.getPackageName().startsWith("dev.bobbin") && isImmutable(type));
  }

  private static boolean isImmutable(JavaClass type) {
    return type.getAllFields().stream()
        .filter(field -> !field.getModifiers().contains(STATIC))
        .allMatch(field -> field.getModifiers().contains(FINAL));
  }

  private static Object valueOf(JavaField field) {
    try {
      Field reflected = field.reflect();
      reflected.setAccessible(true);
      return reflected.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
