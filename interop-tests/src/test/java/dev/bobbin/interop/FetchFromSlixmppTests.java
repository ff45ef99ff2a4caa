package dev.bobbin.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobException;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a stranger hosts, fetched by us across a real server. */
abstract class FetchFromSlixmppTests extends WithSlixmpp {
  FetchFromSlixmppTests(ServerSoftware software) {
    super(software);
  }

  private Bob fetch(String cid) {
    return await(bob(juliet).fetch(SlixmppPeer.JID, ContentId.of(cid)));
  }

  @Test
  void fetch_hosted_isVerifiedAndThenCached() {
    String cid = slixmpp.set("Y291Y291", "text/plain");
    int before = slixmpp.timesAsked(cid);

    assertThat(cid).isEqualTo("sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org");
    assertThat(fetch(cid))
        .isEqualTo(new Bob(ContentId.of(cid), "text/plain", BobData.utf8("coucou"), null));
    assertThat(fetch(cid).data()).isEqualTo(BobData.utf8("coucou"));
    assertThat(slixmpp.timesAsked(cid)).isEqualTo(before + 1);
  }

  /** 8 KiB are the most that XEP-0231 section 2.1 wants to see sent so. */
  @Test
  void fetch_asLargeAsAllowed_comesWhole() {
    byte[] bytes = new byte[8192];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }

    String cid = slixmpp.set(BobData.of(bytes).toBase64(), "image/png");

    assertThat(fetch(cid)).isEqualTo(Bob.of(bytes, "image/png"));
  }

  @Test
  void fetch_sha256_isVerified() {
    ContentId cid = ContentId.of(HashAlgorithm.SHA_256, BobData.utf8("hello"));
    assertThat(cid.value())
        .isEqualTo(
            "sha-256+2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824@bob.xmpp.org");
    slixmpp.host(cid.value(), "aGVsbG8=", "text/plain");

    assertThat(fetch(cid.value()).data()).isEqualTo(BobData.utf8("hello"));
    assertThat(await(bob(juliet).get(cid))).isPresent();
  }

  @Test
  void fetch_whiteSpaceInBase64_isRead() {
    String cid = Bob.of("white space".getBytes(), "text/plain").cid().value();
    slixmpp.host(cid, "\n  d2hpdGUg\r\n\tc3Bh Y2U=\n", "text/plain");

    assertThat(fetch(cid).data()).isEqualTo(BobData.utf8("white space"));
  }

  @Test
  void fetch_wrongHash_isRejectedAndNotKept() {
    ContentId cid = Bob.of("the true one".getBytes(), "text/plain").cid();
    slixmpp.host(cid.value(), "d3Jvbmc=", "text/plain");

    assertThatThrownBy(() -> fetch(cid.value()))
        .isInstanceOfSatisfying(
            BobException.class, e -> assertThat(e.reason()).isEqualTo(Reason.HASH_MISMATCH));
    assertThat(await(bob(juliet).get(cid))).isEmpty();
  }

  /** slixmpp 1.8 trips over what it lacks and says so, instead of {@code item-not-found}. */
  @Test
  void fetch_unknown_failsWithTheConditionThatCame() {
    ContentId cid = Bob.of("never set".getBytes(), "text/plain").cid();

    assertThatThrownBy(() -> fetch(cid.value()))
        .isInstanceOfSatisfying(
            StanzaErrorException.class,
            e -> {
              assertThat(e.condition())
                  .isIn(Condition.UNDEFINED_CONDITION, Condition.ITEM_NOT_FOUND);
              assertThat(e.from()).contains(SlixmppPeer.JID);
            });
    assertThat(await(bob(juliet).get(cid))).isEmpty();
  }

  @Test
  void fetch_maxAge_isCachedUntilItIsOver() {
    String cid = slixmpp.set("YSBkYXk=", "text/plain", 86400);

    assertThat(fetch(cid).maxAge()).isEqualTo(Duration.ofDays(1));
    now.updateAndGet(before -> before.plus(Duration.ofDays(1).minusNanos(1)));
    fetch(cid);
    assertThat(slixmpp.timesAsked(cid)).isEqualTo(1);
    now.updateAndGet(before -> before.plusNanos(1));
    fetch(cid);
    assertThat(slixmpp.timesAsked(cid)).isEqualTo(2);
  }

  @Test
  void fetch_maxAgeOfZero_isHandedOverAndNotCached() {
    String cid = slixmpp.set("bm8gdGltZQ==", "text/plain", 0);

    assertThat(fetch(cid))
        .isEqualTo(Bob.of("no time".getBytes(), "text/plain").withMaxAge(Duration.ZERO));
    assertThat(await(bob(juliet).get(ContentId.of(cid)))).isEmpty();
    fetch(cid);
    assertThat(slixmpp.timesAsked(cid)).isEqualTo(2);
  }
}
