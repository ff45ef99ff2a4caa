package dev.bobbin.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which store a program gets, by the jars on its path and what it says; each in a JVM. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreChoiceIT {
  static final String PROBE = "dev.bobbin.packaging.StoreProbe";

  private ProviderJars providers;
  private ErrorsPage errors;

  @BeforeAll
  void compileProviders(@TempDir Path folder) throws Exception {
    providers =
        new ProviderJars(folder, StoreChoices.presentProviders(), StoreChoices.oldProviders());
    providers.listing("absent", "extra.absent.Provider");
    providers.listing("stranger", "dev.bobbin.packaging.MapStore");
    errors = new ErrorsPage();
  }

  static List<StoreChoice> choices() {
    return StoreChoices.all();
  }

  static List<StoreChoice> choicesOfModules() {
    return StoreChoices.all().stream().filter(StoreChoice::isForModules).toList();
  }

  @ParameterizedTest
  @MethodSource("choices")
  void store_onTheClassPath_isTheOneOfTheRules(StoreChoice choice, @TempDir Path folder)
      throws Exception {
    check(choice, new ChildJvm(folder).classPath(jars(choice)), PROBE);
  }

  @ParameterizedTest
  @MethodSource("choicesOfModules")
  void store_onTheModulePath_isTheOneOfTheRules(StoreChoice choice, @TempDir Path folder)
      throws Exception {
    check(
        choice,
        new ChildJvm(folder).modulePath(jars(choice)),
        "--module",
        "dev.bobbin.packaging/" + PROBE);
  }

  private List<Path> jars(StoreChoice choice) {
    List<Path> jars = new ArrayList<>(Built.jarsWithout("store-memory", "store-json-file"));
    for (String jar : choice.jars()) {
      jars.add(jar.contains("-") ? Built.jar(jar) : providers.jar(jar));
    }
    return jars;
  }

  private void check(StoreChoice choice, ChildJvm jvm, String... program) throws Exception {
    List<String> options = choice.options();
    jvm.with(options.stream().filter(o -> o.startsWith("-D")).toArray(String[]::new));
    ChildJvm.Outcome outcome =
        jvm.run(
            Stream.concat(Stream.of(program), options.stream().filter(o -> !o.startsWith("-D")))
                .toArray(String[]::new));

    List<String> logged = outcome.output().lines().filter(l -> l.contains(" INFO ")).toList();
    if (choice.store() == null) {
      String message = outcome.line("error: ");
      assertThat(message).matches(ErrorsPage.pattern(choice.error()));
      errors.requireQuoted(message);
      assertThat(logged).isEmpty();
    } else {
      assertThat(outcome.line("store: ")).isEqualTo(choice.store());
      assertThat(outcome.line("works: ")).matches(ErrorsPage.pattern(choice.error()));
      assertThat(logged).hasSize(1);
      assertThat(logged.get(0))
          .contains(
              "Bits of Binary of romeo@example.org are in the store '" + choice.store() + "': ")
          .contains(place(choice.store()));
    }
  }

  private static String place(String store) {
    return switch (store) {
      case "memory" -> "memory, at most 16777216 bytes";
      case "json-file" -> "/data/bobbin/bob/romeo@example.org";
      case "given in code" -> "MapStore";
      case "oldstore" -> "Bare";
      default -> "Kept";
    };
  }
}
