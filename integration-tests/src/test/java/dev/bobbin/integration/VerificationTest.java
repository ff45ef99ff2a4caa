package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobException;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.core.XmppClient;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is checked before anybody sees received data, and which shelf it stands on. */
class VerificationTest extends Stage {
  private static final Bob COUCOU = Bob.of("coucou".getBytes(), "text/plain");
  private static final ContentId CID = COUCOU.cid();
  private static final ContentId UNVERIFIABLE = ContentId.of("picture");
  private static final Jid OTHER = Jid.of("mallory@example.org/x");

  private XmppClient juliet;

  @BeforeEach
  void connect() {
    juliet = connected(JULIET);
  }

  private void rejected(String answer, Reason reason) {
    wire.answerData(answer);
    assertThatThrownBy(() -> bob(juliet).fetch(ROMEO, CID).join())
        .cause()
        .isInstanceOfSatisfying(BobException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    assertThat(bob(juliet).get(CID).join()).as("nothing is stored").isEmpty();
    int before = wire.requests();
    wire.answerData(data(CID.value(), "Y291Y291"));
    assertThat(bob(juliet).fetch(ROMEO, CID).join()).isEqualTo(COUCOU);
    assertThat(wire.requests()).isEqualTo(before + 1);
  }

  @Test
  @DisplayName("13: a hash mismatch is rejected and reported, and nothing is stored")
  void fetch_hashOfOtherBytes_isRejected() {
    rejected(data(CID.value(), "d3Jvbmc="), Reason.HASH_MISMATCH);
  }

  @Test
  @DisplayName("B1: a reply's content-id must be the one asked for")
  void fetch_otherContentId_isRejected() {
    rejected(data(UNVERIFIABLE.value(), "Y291Y291"), Reason.OTHER_CONTENT_ID);
    assertThatThrownBy(
            () -> {
              wire.answerData("<nothing xmlns='urn:other'/>");
              bob(juliet).fetch(ROMEO, UNVERIFIABLE).join();
            })
        .as("the other one was not kept either")
        .hasCauseInstanceOf(BobException.class);
  }

  @Test
  @DisplayName("B1: a reply's content-id in other letter case is another one")
  void fetch_contentIdInUpperCase_isRejected() {
    rejected(data(CID.value().replace('f', 'F'), "Y291Y291"), Reason.OTHER_CONTENT_ID);
  }

  @Test
  void fetch_noContentId_isRejected() {
    rejected("<data xmlns='urn:xmpp:bob' type='a/b'>Y291Y291</data>", Reason.MALFORMED_CONTENT_ID);
  }

  @Test
  @DisplayName("15: what is not Base64 is rejected")
  void fetch_notBase64_isRejected() {
    rejected(data(CID.value(), "Y291-Y29"), Reason.NOT_BASE64);
  }

  @Test
  @DisplayName("17: data without a media type is rejected")
  void fetch_noMediaType_isRejected() {
    rejected("<data xmlns='urn:xmpp:bob' cid='" + CID + "'>Y291Y291</data>", Reason.NO_MEDIA_TYPE);
  }

  @Test
  @DisplayName("4: more than 8 KiB is rejected")
  void fetch_tooLarge_isRejected() {
    rejected(data(CID.value(), "AAAA".repeat(2731)), Reason.TOO_LARGE);
  }

  @Test
  void fetch_answerWithoutData_isRejected() {
    rejected("", Reason.NO_DATA);
  }

  @Test
  void fetch_answerOfAnotherElement_isRejected() {
    rejected("<data xmlns='urn:other' cid='" + CID + "'/>", Reason.NO_DATA);
  }

  @Test
  @DisplayName("13: what was verified is shared, whoever sent it")
  void fetch_verified_isSharedAmongPeers() {
    wire.answerData(data(CID.value(), "Y291Y291"));
    bob(juliet).fetch(ROMEO, CID).join();

    assertThat(bob(juliet).fetch(OTHER, CID).join()).isEqualTo(COUCOU);
    assertThat(wire.requests()).isEqualTo(1);
  }

  @Test
  @DisplayName("14: what cannot be verified is cached under the exact JID that sent it")
  void fetch_unverifiable_isCachedUnderItsSender() {
    wire.answerData(data("picture", "cm9tZW8="));
    assertThat(bob(juliet).fetch(ROMEO, UNVERIFIABLE).join().data())
        .isEqualTo(BobData.utf8("romeo"));
    wire.answerData(data("picture", "bWFsbG9yeQ=="));
    assertThat(bob(juliet).fetch(OTHER, UNVERIFIABLE).join().data())
        .isEqualTo(BobData.utf8("mallory"));

    assertThat(bob(juliet).fetch(ROMEO, UNVERIFIABLE).join().data())
        .isEqualTo(BobData.utf8("romeo"));
    assertThat(bob(juliet).get(UNVERIFIABLE).join()).isEmpty();
    assertThat(wire.requests()).isEqualTo(2);
  }

  @Test
  @DisplayName("14: an unknown algorithm cannot be verified")
  void fetch_unknownAlgorithm_isCachedUnderItsSender() {
    ContentId md5 = ContentId.of("md5+721a9b52bfceacc503c056e3b9b93cfa@bob.xmpp.org");
    wire.answerData(data(md5.value(), "Y291Y291"));
    bob(juliet).fetch(ROMEO, md5).join();
    bob(juliet).fetch(OTHER, md5).join();

    assertThat(wire.requests()).isEqualTo(2);
    assertThat(bob(juliet).get(md5).join()).isEmpty();
  }

  @Test
  @DisplayName("B3: hosted items are never overwritten by received ones")
  void push_ofWhatWeHost_changesNothing() throws Exception {
    Bob hosted = new Bob(UNVERIFIABLE, "text/plain", BobData.utf8("ours"), null);
    bob(juliet).set(hosted).join();
    bob(juliet).set(COUCOU).join();
    deliver(
        juliet,
        "<message xmlns='jabber:client' from='%s' to='%s'>%s%s</message>"
            .formatted(
                ROMEO,
                JULIET,
                data("picture", "dGhlaXJz"),
                "<data xmlns='urn:xmpp:bob' max-age='1' type='a/b' cid='"
                    + CID
                    + "'>Y291Y291</data>"));

    assertThat(bob(juliet).get(UNVERIFIABLE).join()).contains(hosted);
    assertThat(bob(juliet).get(CID).join()).contains(COUCOU);
    assertThat(bob(juliet).delete(CID).join()).isTrue();
    assertThat(bob(juliet).get(CID).join().orElseThrow().type()).isEqualTo("a/b");
  }

  @Test
  @DisplayName("B6: items received from others are not served on")
  void request_forWhatWasMerelyReceived_isItemNotFound() {
    wire.answerData(data(CID.value(), "Y291Y291"));
    bob(juliet).fetch(ROMEO, CID).join();
    wire.answerData(data("picture", "Y291Y291"));
    bob(juliet).fetch(ROMEO, UNVERIFIABLE).join();
    wire.rule(List::of);
    XmppClient romeo = connected(ROMEO);

    for (ContentId cid : List.of(CID, UNVERIFIABLE)) {
      assertThatThrownBy(() -> bob(romeo).fetch(JULIET, cid).join())
          .hasMessageContaining("item-not-found");
    }
  }
}
