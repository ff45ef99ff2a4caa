package dev.bobbin.xmpp.testkit;

/** Servers of example.org that share a certificate, since making one takes half a second. */
final class Servers {
  private static final LoopbackServer FIRST = LoopbackServer.builder("example.org").start();

  static {
    FIRST.close();
  }

  private Servers() {}

  static LoopbackServerBuilder builder() {
    return LoopbackServer.builder("example.org").certificateOf(FIRST);
  }
}
