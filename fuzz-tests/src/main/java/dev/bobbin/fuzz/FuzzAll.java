package dev.bobbin.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs Jazzer on each target in turn. A target in which something was found does not keep the
 * others from being tried; in the end, it fails this program.
 */
final class FuzzAll {
  private static final Path PLACE = Path.of("target", "fuzz");
  private static final double MAX_MINUTES = 24 * 60;

  private FuzzAll() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    long seconds = seconds(System.getProperty("fuzz.minutes", "1"));
    int runs = Integer.parseUnsignedInt(System.getProperty("fuzz.runs", "0"));
    List<FuzzTarget> targets = targets(System.getProperty("fuzz.targets", ""));
    boolean found = false;
    for (FuzzTarget target : targets) {
      Path folder = PLACE.resolve(target.name());
      found |= !new JazzerProcess(target, folder).isClean(seconds, runs);
    }
    if (found) {
      System.exit(1);
    }
  }

  private static long seconds(String minutes) {
    double number = Double.parseDouble(minutes);
    if (!(number > 0 && number <= MAX_MINUTES)) {
      throw new IllegalArgumentException(
          "fuzz.minutes is '" + minutes + "'; it is above 0 and at most " + MAX_MINUTES);
    }
    return Math.max(1, Math.round(number * 60));
  }

  private static List<FuzzTarget> targets(String names) {
    if (names.isEmpty()) {
      return FuzzTarget.ALL;
    }
    List<FuzzTarget> targets = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      targets.add(
          FuzzTarget.ALL.stream()
              .filter(target -> target.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "fuzz.targets has '" + name + "'; there are " + FuzzTarget.ALL)));
    }
    return targets;
  }
}
