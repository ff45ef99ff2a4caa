package dev.bobbin.store.redis;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What a server says of itself, by the command INFO. Nothing is asked by CONFIG, which hosted
 * servers keep to themselves.
 */
final class ServerReport {
  private static final int MOST_LINES = 10_000;

  private final Map<String, String> fields;

  ServerReport(String info) {
    fields =
        info.lines()
            .limit(MOST_LINES)
            .filter(line -> line.indexOf(':') > 0)
            .collect(
                Collectors.toMap(
                    line -> line.substring(0, line.indexOf(':')),
                    line -> line.substring(line.indexOf(':') + 1),
                    (first, again) -> first));
  }

  /** What another process, or the same after a new start, does not have. */
  String process() {
    return fields.getOrDefault("run_id", "");
  }

  boolean isOfCluster() {
    return "1".equals(fields.get("cluster_enabled"));
  }

  /**
   * Refuses a server that is too old, takes nothing, or may push out what is hosted.
   *
   * @param warn is told of one that would refuse hosted items though it is full of received ones,
   *     and of one that may forget what it has acknowledged
   */
  void requireFit(String place, Consumer<String> warn) throws IOException {
    String version = fields.getOrDefault("redis_version", "");
    if (isBefore62(version)) {
      throw Problems.unfit(place, "it is version " + version + ". Take 6.2 or later");
    }
    // In a cluster nodes change places, and whoever asks the wrong one is sent on.
    if (!isOfCluster() && fields.getOrDefault("role", "").equals("slave")) {
      throw Problems.unfit(place, "it is a replica, which takes no items. Name its primary");
    }
    String policy = fields.getOrDefault("maxmemory_policy", "");
    if (policy.startsWith("allkeys-")) {
      throw Problems.unfit(
          place,
          "its maxmemory-policy, "
              + policy
              + ", pushes any key out when memory is full, hosted items too. Set volatile-lru");
    }
    if (fields.getOrDefault("aof_enabled", "").equals("0")) {
      warn.accept(
          "Redis at "
              + place
              + " writes no append-only file: when it ends, it forgets what it has acknowledged since"
              + " its last snapshot. Set appendonly yes, unless that may be lost"
              + " (docs/errors.md#redis-unfit)");
    }
    boolean isBounded = !"0".equals(fields.getOrDefault("maxmemory", "0"));
    if (isBounded && policy.equals("noeviction")) {
      warn.accept(
          "Redis at "
              + place
              + " has a maxmemory and the maxmemory-policy noeviction: when it is full, received"
              + " items make no room for hosted ones. Set volatile-lru"
              + " (docs/errors.md#redis-unfit)");
    }
  }

  private static boolean isBefore62(String version) {
    Optional<int[]> numbers =
        version.matches("[0-9]{1,4}\\.[0-9]{1,4}(\\..*)?")
            ? Optional.of(
                new int[] {
                  Integer.parseInt(version.split("\\.", 3)[0]),
                  Integer.parseInt(version.split("\\.", 3)[1])
                })
            : Optional.empty();
    return numbers.filter(n -> n[0] < 6 || n[0] == 6 && n[1] < 2).isPresent();
  }
}
