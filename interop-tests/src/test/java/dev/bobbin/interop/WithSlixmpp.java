package dev.bobbin.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.plugin.BobEvent;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.bob.plugin.BobPluginBuilder;
import dev.bobbin.xmpp.core.XmppClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;

/**
 * Tests of Juliet, who is ours, and the stranger, on a real server. Their names begin with the
 * lines of XEP-0231 that they are about, as those of {@code docs/xep-0231.md} are numbered.
 *
 * <p>The stranger forgets nothing from one test to the next: each has bytes of its own.
 */
abstract class WithSlixmpp extends OnARealServer {
  /** What the stranger pushes, and as it stands in a stanza. */
  static final Bob PUSHED = Bob.of("pushed".getBytes(UTF_8), "text/plain");

  static final String PUSHED_DATA = text(PUSHED.cid(), "cHVzaGVk");
  static final Bob ANOTHER = Bob.of("another".getBytes(UTF_8), "text/plain");
  static final String ANOTHER_DATA = text(ANOTHER.cid(), "YW5vdGhlcg==");

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
    juliet = loggedIn();
  }

  /**
   * Juliet, in a session that ends the one before; by the mechanism that costs least, since the
   * thousands of rounds of SCRAM would be half of what these tests take.
   */
  XmppClient loggedIn() {
    return connected(JULIET, builder -> builder.clock(now::get).mechanisms("PLAIN"));
  }

  /** Has Juliet's Bits of Binary begin anew, with settings of its own. */
  void bits(UnaryOperator<BobPluginBuilder> settings) {
    juliet.disablePlugin(BobPlugin.NAME);
    juliet.enablePlugin(settings.apply(BobPlugin.builder()).build());
  }

  Bob fetch(ContentId cid) {
    return await(bob(juliet).fetch(SlixmppPeer.JID, cid));
  }

  Bob fetch(String cid) {
    return fetch(ContentId.of(cid));
  }

  /** What Juliet has here, be it hers or received and verified. */
  Optional<Bob> kept(ContentId cid) {
    return await(bob(juliet).get(cid));
  }

  /** Has children pushed to Juliet, and gives the message as it came. */
  Message pushed(String children) {
    CompletableFuture<Message> came = new CompletableFuture<>();
    try (var listening = juliet.onMessage(came::complete)) {
      slixmpp.push(juliet.self(), children);
      return await(came);
    }
  }

  /** What Juliet is told of from now on. */
  BlockingQueue<BobEvent> events() {
    BlockingQueue<BobEvent> events = new LinkedBlockingQueue<>();
    bob(juliet).onEvent(events::add);
    return events;
  }

  /** Waits for as many of them as there have to be. */
  static <T> List<T> next(BlockingQueue<T> queue, int number) {
    List<T> taken = new ArrayList<>();
    try {
      while (taken.size() < number) {
        T one = queue.poll(20, TimeUnit.SECONDS);
        if (one == null) {
          throw new AssertionError("after " + taken + " nothing came within 20 s");
        }
        taken.add(one);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    return taken;
  }

  /** Data as it stands in a stanza. */
  static String data(ContentId cid, String attributes, String base64) {
    return "<data xmlns='urn:xmpp:bob' cid='%s' %s>%s</data>".formatted(cid, attributes, base64);
  }

  /** Data of the type that most tests have. */
  static String text(ContentId cid, String base64) {
    return data(cid, "type='text/plain'", base64);
  }
}
