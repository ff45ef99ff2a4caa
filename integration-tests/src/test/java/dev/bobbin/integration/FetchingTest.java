package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.core.XmppClient;
import org.junit.jupiter.api.Test;

/** Bits of binary between two clients (XEP-0231 sections 2.1 and 2.3). */
class FetchingTest extends Stage {
  @Test
  void fetch_hostedByPeer_isGivenAndCached() {
    XmppClient juliet = connected(JULIET);
    XmppClient romeo = connected(ROMEO);
    ContentId cid = bob(romeo).set("coucou".getBytes(), "text/plain").join();

    Bob first = bob(juliet).fetch(ROMEO, cid).join();
    Bob second = bob(juliet).fetch(ROMEO, cid).join();

    assertThat(first.data()).isEqualTo(BobData.utf8("coucou"));
    assertThat(second).isEqualTo(first);
    assertThat(wire.requests()).isEqualTo(1);
  }
}
