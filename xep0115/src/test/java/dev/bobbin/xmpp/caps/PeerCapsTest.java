package dev.bobbin.xmpp.caps;

import static dev.bobbin.xmpp.caps.Answers.form;
import static dev.bobbin.xmpp.caps.Answers.query;
import static dev.bobbin.xmpp.caps.Answers.type;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.stanza.StanzaError;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.disco.DiscoInfo;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What is asked, and what is believed of the answers; the network is the test itself. */
class PeerCapsTest {
  private static final String MUC = "http://jabber.org/protocol/muc";
  private static final String EXODUS = caps("sha-1", Answers.EXODUS_VER);
  private static final Jid A = Jid.of("a@example.org/x");
  private static final Jid B = Jid.of("b@example.org/x");
  private static final Jid C = Jid.of("c@example.org/x");

  private record Question(Iq request, CompletableFuture<Iq> answer) {
    /** A literal answer, from whoever was asked. */
    void answer(String content) {
      answer.complete(request.withId("1").result(query(content)));
    }

    void fail(Throwable failure) {
      answer.completeExceptionally(failure);
    }
  }

  private final List<Question> questions = new ArrayList<>();
  private final PeerCaps caps =
      new PeerCaps(
          request -> {
            Question question = new Question(request, new CompletableFuture<>());
            questions.add(question);
            return question.answer();
          });

  private static String caps(String hash, String ver) {
    return "<c xmlns='http://jabber.org/protocol/caps' hash='%s' node='n' ver='%s'/>"
        .formatted(hash, ver);
  }

  private void hear(Jid from, String type, String child) {
    caps.hear(
        Presence.parse(
            LiteralXml.element(
                "<presence xmlns='jabber:client' from='%s' %s>%s</presence>"
                    .formatted(from, type, child))));
  }

  private void hear(Jid from, String child) {
    hear(from, "", child);
  }

  private Optional<DiscoInfo> found(Jid peer) {
    return caps.find(peer).getNow(null);
  }

  private boolean isKnown(Jid peer) {
    int before = questions.size();
    boolean known = found(peer).isPresent();
    assertThat(questions).hasSize(before);
    return known;
  }

  private void assertAsked(Jid... peers) {
    assertThat(questions)
        .extracting(question -> question.request().to().orElseThrow())
        .containsExactly(peers);
  }

  @Test
  void find_nothingAnnounced_isEmptyAndNobodyIsAsked() {
    hear(A, "<show>away</show>");
    hear(B, "<c xmlns='http://jabber.org/protocol/caps' node='n' ver='0.9'/>");

    assertThat(found(A)).isEmpty();
    assertThat(found(B)).isEmpty();
    assertThat(questions).isEmpty();
  }

  @Test
  void hear_anything_asksNobody() {
    hear(A, EXODUS);

    assertThat(questions).isEmpty();
  }

  @Test
  void find_announced_isAskedForAndShared() {
    hear(A, EXODUS);
    hear(B, EXODUS);
    CompletableFuture<Optional<DiscoInfo>> ofA = caps.find(A);
    CompletableFuture<Optional<DiscoInfo>> ofB = caps.find(B);
    assertAsked(A);
    assertThat(questions.get(0).request().element().toXml())
        .isEqualTo(
            "<iq xmlns='jabber:client' type='get' to='a@example.org/x'>"
                + "<query xmlns='http://jabber.org/protocol/disco#info'"
                + " node='n#QgayPKawpkPSDYmwT/WM94uAlu0='/></iq>");
    questions.get(0).answer(Answers.EXODUS);

    assertThat(ofA.getNow(null).orElseThrow().supports(MUC)).isTrue();
    assertThat(ofB.getNow(null)).isEqualTo(ofA.getNow(null));
    hear(C, EXODUS);
    assertThat(isKnown(C)).isTrue();
    assertThat(found(Jid.of("c@example.org/other"))).isEmpty();
  }

  @Test
  void find_wrongHash_isRejectedAndTheNextIsAsked() {
    hear(A, EXODUS);
    hear(B, EXODUS);
    CompletableFuture<Optional<DiscoInfo>> ofA = caps.find(A);
    CompletableFuture<Optional<DiscoInfo>> ofB = caps.find(B);
    questions.get(0).answer(Answers.PSI);
    assertThat(ofA.getNow(null)).isEmpty();
    assertAsked(A, B);
    questions.get(1).answer(Answers.EXODUS);

    assertThat(ofB.getNow(null)).isPresent();
    assertThat(isKnown(A)).as("now it is known what stands behind it").isTrue();
  }

  @Test
  void find_rejected_isNotAskedAgainForTheSame() {
    hear(A, EXODUS);
    caps.find(A);
    questions.get(0).answer(Answers.PSI);

    assertThat(isKnown(A)).isFalse();
    hear(A, EXODUS);
    assertThat(isKnown(A)).isFalse();
    hear(A, caps("sha-1", "other"));
    hear(A, EXODUS);
    caps.find(A);
    assertAsked(A, A);
  }

  @Test
  void find_answerThatReadsTwoWays_holdsForThatPeerAlone() {
    String shared =
        "<identity category='client' type='pc'/><feature var='urn:a'/>"
            + form(type("urn:xmpp:bob"));
    String ver = CapsHash.SHA_1.of("client/pc//<urn:a<urn:xmpp:bob<");
    hear(A, caps("sha-1", ver));
    hear(B, caps("sha-1", ver));
    caps.find(A);
    questions.get(0).answer(shared);

    assertThat(isKnown(A)).isTrue();
    CompletableFuture<Optional<DiscoInfo>> ofB = caps.find(B);
    assertAsked(A, B);
    questions
        .get(1)
        .answer(
            "<identity category='client' type='pc'/><feature var='urn:a'/>"
                + "<feature var='urn:xmpp:bob'/>");
    assertThat(ofB.getNow(null).orElseThrow().supports("urn:xmpp:bob")).isTrue();
  }

  @Test
  void find_unknownHash_holdsForThatPeerAlone() {
    hear(A, caps("md5", "x"));
    hear(B, caps("md5", "x"));
    caps.find(A);
    questions.get(0).answer(Answers.EXODUS);

    assertThat(isKnown(A)).isTrue();
    caps.find(B);
    assertAsked(A, B);
    questions.get(1).answer(Answers.PSI);
    assertThat(found(A)).isNotEqualTo(found(B));
    hear(A, "type='unavailable'", "");
    hear(A, caps("md5", "x"));
    caps.find(A);
    assertAsked(A, B, A);
  }

  @Test
  void find_illFormedOrEmptyAnswer_isRejected() {
    hear(A, EXODUS);
    hear(B, EXODUS);
    caps.find(A);
    questions.get(0).answer(Answers.EXODUS + "<feature var='" + MUC + "'/>");
    assertThat(isKnown(A)).isFalse();

    caps.find(B);
    questions.get(1).answer().complete(questions.get(1).request().withId("1").result());
    assertThat(isKnown(B)).isFalse();
  }

  @Test
  void find_errorOfThePeer_isRemembered() {
    hear(A, EXODUS);
    CompletableFuture<Optional<DiscoInfo>> ofA = caps.find(A);
    questions
        .get(0)
        .fail(new StanzaErrorException(StanzaError.of(StanzaError.Condition.ITEM_NOT_FOUND)));

    assertThat(ofA.getNow(null)).isEmpty();
    assertThat(isKnown(A)).isFalse();
  }

  @Test
  void find_errorThatPasses_isEmptyAndAskedAgain() {
    hear(A, EXODUS);
    CompletableFuture<Optional<DiscoInfo>> ofA = caps.find(A);
    questions
        .get(0)
        .fail(new StanzaErrorException(StanzaError.of(StanzaError.Condition.RESOURCE_CONSTRAINT)));

    assertThat(ofA.getNow(null)).isEmpty();
    caps.find(A);
    assertAsked(A, A);
  }

  @Test
  void find_silence_isEmptyAndAskedAgain() {
    hear(A, EXODUS);
    CompletableFuture<Optional<DiscoInfo>> ofA = caps.find(A);
    questions.get(0).fail(new TimeoutException("only pretended"));

    assertThat(ofA.getNow(null)).isEmpty();
    caps.find(A);
    assertAsked(A, A);
  }

  @Test
  void find_silentPeerWithAnothersHash_delaysTheOthersOnce() {
    hear(A, EXODUS);
    hear(B, EXODUS);
    hear(C, EXODUS);
    caps.find(A);
    CompletableFuture<Optional<DiscoInfo>> ofB = caps.find(B);
    CompletableFuture<Optional<DiscoInfo>> againOfB = caps.find(B);
    CompletableFuture<Optional<DiscoInfo>> ofC = caps.find(C);
    questions.get(0).fail(new TimeoutException("only pretended"));

    assertThat(questions).hasSize(3);
    for (Question question : questions.subList(1, 3)) {
      question.answer(Answers.EXODUS);
    }
    assertThat(List.of(ofB, againOfB, ofC))
        .allSatisfy(found -> assertThat(found.getNow(null)).isPresent());
  }

  @Test
  void find_announcedSomethingElseMeanwhile_isEmpty() {
    hear(A, EXODUS);
    CompletableFuture<Optional<DiscoInfo>> ofA = caps.find(A);
    hear(A, caps("sha-1", "other"));
    questions.get(0).answer(Answers.EXODUS);

    assertThat(ofA.getNow(null)).isEmpty();
  }

  @Test
  void hear_unavailableErrorOrLegacy_forgetsThatPeer() {
    for (String[] leaving :
        new String[][] {
          {"type='unavailable'", ""},
          {"type='error'", ""},
          {"", "<c xmlns='http://jabber.org/protocol/caps' node='n' ver='0.9'/>"}
        }) {
      hear(A, EXODUS);
      caps.find(A);
      questions.get(0).answer(Answers.EXODUS);
      assertThat(isKnown(A)).isTrue();

      hear(A, leaving[0], leaving[1]);
      assertThat(isKnown(A)).isFalse();
    }
    hear(A, EXODUS);
    hear(A, "<show>away</show>");
    hear(A, "type='subscribe'", "");
    assertThat(isKnown(A)).as("it did not say anything else").isTrue();
  }

  @Test
  void forgetPeers_keepsWhatHashesStandFor() {
    hear(A, EXODUS);
    caps.find(A);
    questions.get(0).answer(Answers.EXODUS);
    caps.forgetPeers();

    assertThat(isKnown(A)).isFalse();
    hear(A, EXODUS);
    assertThat(isKnown(A)).isTrue();
  }

  @Test
  void hear_flood_isBounded() {
    hear(A, EXODUS);
    for (int i = 0; i < 10_000; i++) {
      hear(Jid.of("flood@example.org/" + i), EXODUS);
    }

    assertThat(found(A)).isEmpty();
    assertThat(questions).isEmpty();
  }
}
