package dev.bobbin.xmpp.api.registry;

/** The one rule for nodes: absent or not empty. */
final class Nodes {
  private Nodes() {}

  static String require(String node) {
    if (node.isEmpty()) {
      throw new IllegalArgumentException("a node is not empty; leave it out to mean none");
    }
    return node;
  }
}
