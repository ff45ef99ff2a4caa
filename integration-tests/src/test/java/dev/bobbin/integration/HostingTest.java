package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an application hosts: set, got and deleted here, with and without a connection. */
class HostingTest extends Stage {
  private static final byte[] COUCOU = "coucou".getBytes();
  private static final ContentId CID =
      ContentId.of("sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org");

  @Test
  @DisplayName("16: our content-id is algo+hex@bob.xmpp.org over the bytes")
  void set_beforeConnecting_isThereBeforeAndAfter() {
    XmppClient romeo = client(ROMEO);

    assertThat(bob(romeo).set(COUCOU, "text/plain").join()).isEqualTo(CID);
    assertThat(bob(romeo).get(CID).join()).contains(Bob.of(COUCOU, "text/plain"));
    romeo.connect().join();
    assertThat(bob(romeo).get(CID).join()).contains(Bob.of(COUCOU, "text/plain"));
    assertThat(bob(connected(JULIET)).fetch(ROMEO, CID).join().data())
        .isEqualTo(BobData.of(COUCOU));
  }

  @Test
  void delete_hosted_isGoneForUsAndForPeers() {
    XmppClient romeo = connected(ROMEO);
    XmppClient juliet = connected(JULIET);
    bob(romeo).set(COUCOU, "text/plain").join();

    assertThat(bob(romeo).delete(CID).join()).isTrue();
    assertThat(bob(romeo).delete(CID).join()).isFalse();
    assertThat(bob(romeo).get(CID).join()).isEmpty();
    assertThatThrownBy(() -> bob(juliet).fetch(ROMEO, CID).join())
        .hasMessageContaining("item-not-found");
  }

  @Test
  void get_unknown_isEmptyAndAsksNobody() {
    XmppClient romeo = connected(ROMEO);

    assertThat(bob(romeo).get(CID).join()).isEmpty();
    assertThat(wire.requests()).isZero();
  }

  @Test
  void set_sameContentIdAgain_replaces() {
    XmppClient romeo = client(ROMEO);
    bob(romeo).set(COUCOU, "text/plain").join();
    bob(romeo).set(COUCOU, "text/x-greeting").join();

    assertThat(bob(romeo).get(CID).join()).contains(Bob.of(COUCOU, "text/x-greeting"));
  }

  @Test
  void set_ownContentId_isTakenAsItIs() {
    XmppClient romeo = connected(ROMEO);
    Bob bob = new Bob(ContentId.of("../../x y\u00e9"), "text/plain", BobData.of(COUCOU), null);
    bob(romeo).set(bob).join();

    assertThat(bob(connected(JULIET)).fetch(ROMEO, bob.cid()).join()).isEqualTo(bob);
  }

  @Test
  @DisplayName("4: 8 KiB and not a byte more, with a clear error")
  void set_sizeAtBound_isTakenAndOneAboveIsNot() {
    XmppClient romeo = connected(ROMEO);
    ContentId cid = bob(romeo).set(new byte[8192], "a/b").join();

    assertThat(bob(connected(JULIET)).fetch(ROMEO, cid).join().data().size()).isEqualTo(8192);
    assertThatThrownBy(() -> bob(romeo).set(new byte[8193], "a/b").join())
        .cause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "8193 bytes are too many for a bit of binary; the bound is 8192. Send larger data by"
                + " file transfer (docs/errors.md#too-large)");
  }

  @Test
  @DisplayName("17: a media type is required")
  void set_noMediaType_fails() {
    BobPlugin bob = bob(client(ROMEO));

    assertThatThrownBy(() -> bob.set(COUCOU, "text").join())
        .cause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'text' is no media type");
  }

  @Test
  @DisplayName("13: we do not host what peers would reject")
  void set_hashOfOtherBytes_fails() {
    BobPlugin bob = bob(client(ROMEO));
    Bob wrong = new Bob(CID, "text/plain", BobData.utf8("other"), null);

    assertThatThrownBy(() -> bob.set(wrong).join())
        .cause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not that of the data: peers would reject it");
    assertThat(bob.get(CID).join()).isEmpty();
  }

  @Test
  @DisplayName("11: our own max-age never ages what we host")
  void set_maxAge_isSentAsGivenAndAgesNothing() {
    Clock clock = new Clock();
    XmppClient romeo = connected(ROMEO, builder -> builder.clock(clock));
    XmppClient juliet = connected(JULIET);
    Bob brief = Bob.of(COUCOU, "text/plain").withMaxAge(Duration.ofSeconds(3));
    Bob momentary = Bob.of("0".getBytes(), "text/plain").withMaxAge(Duration.ZERO);
    bob(romeo).set(brief).join();
    bob(romeo).set(momentary).join();
    clock.advance(Duration.ofDays(10_000));

    assertThat(bob(romeo).get(CID).join()).contains(brief);
    assertThat(bob(juliet).fetch(ROMEO, CID).join()).isEqualTo(brief);
    assertThat(bob(juliet).fetch(ROMEO, momentary.cid()).join()).isEqualTo(momentary);
    assertThat(wire.iqs("result"))
        .anySatisfy(result -> assertThat(result).contains(" max-age='3' "))
        .anySatisfy(result -> assertThat(result).contains(" max-age='0' "));
  }
}
