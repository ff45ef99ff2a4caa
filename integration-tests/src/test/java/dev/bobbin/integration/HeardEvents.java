package dev.bobbin.integration;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.plugin.BobEvent;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What an application hears of data of others, in its order. */
final class HeardEvents {
  private static final Jid LAST = Jid.of("last@example.invalid");
  private static final XmlElement MARK =
      LiteralXml.element(
          "<iq xmlns='jabber:client' type='result' id='1' from='"
              + LAST
              + "'><x xmlns='urn:x'><data xmlns='urn:xmpp:bob'/></x></iq>");

  private final BlockingQueue<BobEvent> heard = new LinkedBlockingQueue<>();
  private final BobPlugin bob;

  HeardEvents(BobPlugin bob) {
    this.bob = bob;
    bob.onEvent(heard::add);
  }

  /** The next one, waiting for at most 20 s. */
  BobEvent next() throws InterruptedException {
    return heard.poll(20, TimeUnit.SECONDS);
  }

  /**
   * All that was told since the last call, and nothing more is on its way: events are told in their
   * order, and the last is one of our own.
   */
  List<BobEvent> all() throws InterruptedException {
    bob.take(Stanza.parse(MARK)).join();
    List<BobEvent> all = new ArrayList<>();
    while (true) {
      BobEvent event = heard.poll(10, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("only " + all + " was heard within 10 s");
      }
      if (event instanceof BobEvent.Rejected rejected && rejected.from().equals(LAST)) {
        return all;
      }
      all.add(event);
    }
  }
}
