package dev.bobbin.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** That no line of the standard, or beyond it, is left out on any server. */
class LinesTest {
  private static final int LAST = 22;
  private static final String NUMBERS = "B?[0-9]+(, B?[0-9]+)*";
  private static final Pattern ROW = Pattern.compile("\\| (B?[0-9]+) \\|.*`[A-Z][a-z]+Lines`");

  private static final Map<Place, Class<?>> SERVERS =
      Map.of(
          Place.EMBEDDED, OnLoopbackTest.class,
          Place.PROSODY, OnProsodyTest.class,
          Place.EJABBERD, OnEjabberdTest.class);

  /** The tests that run on a server: those of its nested classes, inherited ones included. */
  private static Stream<Method> tests(Class<?> server) {
    return Arrays.stream(server.getDeclaredClasses())
        .filter(nested -> nested.isAnnotationPresent(Nested.class))
        .filter(Lines.class::isAssignableFrom)
        .flatMap(
            nested -> Stream.<Class<?>>iterate(nested, c -> c != Lines.class, Class::getSuperclass))
        .flatMap(declaring -> Arrays.stream(declaring.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(DisplayName.class));
  }

  /** The numbers that a test's name begins with, as in {@code 1, 3: what is tested}. */
  private static Stream<String> numbers(Method test) {
    String name = test.getAnnotation(DisplayName.class).value();
    return name.matches(NUMBERS + ": .*")
        ? Arrays.stream(name.substring(0, name.indexOf(':')).split(", "))
        : Stream.empty();
  }

  /** The numbers that are to be tested here, by the page that says what they mean. */
  private static Set<String> documented() throws IOException {
    return Files.readAllLines(Path.of("../docs/xep-0231.md")).stream()
        .map(ROW::matcher)
        .filter(Matcher::lookingAt)
        .map(row -> row.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void lines_ofTheStandard_areAllTestedOnEachServer() throws IOException {
    Set<String> all = documented();

    assertThat(all)
        .containsAll(IntStream.rangeClosed(1, LAST).mapToObj(Integer::toString).toList())
        .containsAll(IntStream.rangeClosed(1, 10).mapToObj(beyond -> "B" + beyond).toList());
    assertThat(SERVERS).containsOnlyKeys(Place.values());
    SERVERS.forEach(
        (place, server) -> {
          Set<String> tested =
              tests(server).flatMap(LinesTest::numbers).collect(Collectors.toSet());
          assertThat(tested).as("lines that are tested on %s", place).isEqualTo(all);
        });
  }

  /** Otherwise a line might be tested here on a server and not there. */
  @Test
  void lines_ofOneServer_areThoseOfTheOthers() {
    Set<Set<Method>> suites =
        SERVERS.values().stream()
            .map(server -> tests(server).collect(Collectors.toSet()))
            .collect(Collectors.toSet());

    assertThat(suites).hasSize(1);
  }

  /** A test without a number would not be missed when it is gone. */
  @Test
  void tests_ofLines_sayWhichTheyAre() {
    assertThat(SERVERS.values().stream().flatMap(LinesTest::tests))
        .isNotEmpty()
        .allSatisfy(
            test ->
                assertThat(test.getAnnotation(DisplayName.class).value())
                    .matches("(" + NUMBERS + "|beyond): .*"));
  }
}
