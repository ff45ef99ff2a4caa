package dev.bobbin.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each seed, and all that the fuzzer ever found, without the fuzzer. */
@Timeout(20)
class SeedsTest {
  static List<Arguments> seeds() throws IOException {
    List<Arguments> seeds = new ArrayList<>();
    for (FuzzTarget target : FuzzTarget.ALL) {
      for (Path seed : target.seeds()) {
        seeds.add(Arguments.of(target, seed));
      }
    }
    return seeds;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void test_seed_claimsHold(FuzzTarget target, Path seed) throws IOException {
    target.test().accept(Files.readAllBytes(seed));
  }

  @Test
  void seeds_folders_areThoseOfTheTargets() throws IOException {
    try (Stream<Path> there = Files.list(FuzzTarget.SEEDS)) {
      assertThat(there.filter(Files::isDirectory).map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              FuzzTarget.ALL.stream().map(FuzzTarget::name).toList());
    }
  }
}
