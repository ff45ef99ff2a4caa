package dev.bobbin.interop;

import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.xmpp.core.XmppClient;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;

/** Tests of Juliet, who is ours, and the stranger, on a real server. */
abstract class WithSlixmpp extends OnARealServer {
  /** Juliet's clock, which moves when a test says so. */
  final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

  SlixmppPeer slixmpp;
  XmppClient juliet;

  WithSlixmpp(ServerSoftware software) {
    super(software);
  }

  @BeforeEach
  void meet(SlixmppPeer peer) {
    slixmpp = peer;
    juliet = connected(JULIET, builder -> builder.clock(now::get));
  }
}
