package dev.bobbin.store.redis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Which processes of Redis have which keys, at one moment.
 *
 * @param nodes for each process its identity and, in a cluster, its slots and their epoch; sorted
 * @param areSettled whether all slots are where they belong, and none is on its way
 */
record KeyPlaces(List<String> nodes, boolean areSettled) {
  private static final int SLOTS = 16_384;
  private static final int EPOCH = 6;
  private static final int FIRST_SLOTS = 8;

  KeyPlaces {
    nodes = List.copyOf(nodes);
  }

  /** Those of one server, by its INFO. */
  static KeyPlaces ofServer(String info) {
    return new KeyPlaces(List.of(new ServerReport(info).process()), true);
  }

  /** Those of a cluster, by the INFO of each node and by what CLUSTER NODES says on each. */
  static KeyPlaces ofCluster(List<String> infos, List<String> views) {
    List<String> nodes = new ArrayList<>();
    infos.forEach(info -> nodes.add(new ServerReport(info).process()));
    int slots = 0;
    boolean isAnyOnItsWay = false;
    for (String view : views) {
      String[] own = own(view);
      StringBuilder node = new StringBuilder(own[0]);
      for (int i = EPOCH; i < own.length; i++) {
        node.append(' ').append(own[i]);
      }
      nodes.add(node.toString());
      for (int i = FIRST_SLOTS; i < own.length; i++) {
        // A node tells of what leaves it or comes to it, in brackets, on its own line alone.
        isAnyOnItsWay |= own[i].startsWith("[");
        slots += size(own[i]);
      }
    }
    Collections.sort(nodes);
    return new KeyPlaces(nodes, slots == SLOTS && !isAnyOnItsWay);
  }

  /** The words of the line that a node has on itself. */
  private static String[] own(String view) {
    return view.lines()
        .map(line -> line.split(" ", -1))
        .filter(words -> words.length > 2 && words[2].contains("myself"))
        .findFirst()
        .orElse(new String[] {""});
  }

  private static int size(String range) {
    if (range.matches("[0-9]{1,5}")) {
      return 1;
    }
    if (range.matches("[0-9]{1,5}-[0-9]{1,5}")) {
      String[] ends = range.split("-", 2);
      return Integer.parseInt(ends[1]) - Integer.parseInt(ends[0]) + 1;
    }
    return 0;
  }
}
