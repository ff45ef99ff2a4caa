package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.stanza.StanzaError;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requests and their answers as they stand on the wire (XEP-0231 sections 2.1 and 2.3). */
class FetchingTest extends Stage {
  private static final Bob COUCOU = Bob.of("coucou".getBytes(), "text/plain");
  private static final ContentId CID = COUCOU.cid();
  private static final String CID_TEXT =
      "sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org";

  @Test
  @DisplayName("1, 2, 3: asked by content-id, once; then the cache is looked into first")
  void fetch_hostedByPeer_isAskedForOnceAndCached() {
    XmppClient juliet = connected(JULIET);
    XmppClient romeo = connected(ROMEO);
    bob(romeo).set(COUCOU.withMaxAge(Duration.ofDays(1))).join();

    Bob first = bob(juliet).fetch(ROMEO, CID).join();
    Bob second = bob(juliet).fetch(ROMEO, CID).join();

    assertThat(first).isEqualTo(COUCOU.withMaxAge(Duration.ofDays(1)));
    assertThat(second).isEqualTo(first);
    assertThat(bob(juliet).get(CID).join()).contains(first);
    assertThat(wire.iqs("get"))
        .containsExactly(
            "<iq xmlns='jabber:client' type='get' to='romeo@example.org/orchard' id='ID'"
                + " from='juliet@example.org/balcony'><data xmlns='urn:xmpp:bob' cid='"
                + CID_TEXT
                + "'/></iq>");
    assertThat(wire.iqs("result"))
        .contains(
            "<iq xmlns='jabber:client' type='result' id='ID' to='juliet@example.org/balcony'"
                + " from='romeo@example.org/orchard'><data xmlns='urn:xmpp:bob' cid='"
                + CID_TEXT
                + "' max-age='86400' type='text/plain'>Y291Y291</data></iq>");
  }

  @Test
  @DisplayName("7: an unknown content-id is item-not-found, type cancel")
  void fetch_unknown_isItemNotFound() {
    XmppClient juliet = connected(JULIET);
    connected(ROMEO);

    assertThatThrownBy(() -> bob(juliet).fetch(ROMEO, CID).join())
        .cause()
        .isInstanceOfSatisfying(
            StanzaErrorException.class,
            e -> {
              assertThat(e.condition()).isEqualTo(Condition.ITEM_NOT_FOUND);
              assertThat(e.error().type()).isEqualTo(StanzaError.Type.CANCEL);
            });
    assertThat(wire.iqs("error"))
        .containsExactly(
            "<iq xmlns='jabber:client' type='error' id='ID' to='juliet@example.org/balcony'"
                + " from='romeo@example.org/orchard'><error type='cancel'>"
                + "<item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
  }

  @Test
  void fetch_missedOnce_isAskedForAgain() {
    XmppClient juliet = connected(JULIET);
    XmppClient romeo = connected(ROMEO);
    assertThatThrownBy(() -> bob(juliet).fetch(ROMEO, CID).join())
        .hasMessageContaining("item-not-found");
    bob(romeo).set(COUCOU).join();

    assertThat(bob(juliet).fetch(ROMEO, CID).join()).isEqualTo(COUCOU);
  }

  @Test
  void fetch_hostedByOurselves_asksNobody() {
    XmppClient juliet = connected(JULIET);
    bob(juliet).set(COUCOU).join();

    assertThat(bob(juliet).fetch(ROMEO, CID).join()).isEqualTo(COUCOU);
    assertThat(wire.requests()).isZero();
  }

  @Test
  void fetch_resultAsThePeerWroteIt_isRead() {
    XmppClient juliet = connected(JULIET);
    wire.answerData(
        "\n  <data xmlns='urn:xmpp:bob'\n type='text/plain' max-age='60' cid='"
            + CID_TEXT
            + "'>\n    Y291\n    Y291\n  </data>\n");

    assertThat(bob(juliet).fetch(ROMEO, CID).join())
        .isEqualTo(COUCOU.withMaxAge(Duration.ofMinutes(1)));
  }

  @Test
  @DisplayName("B9: data echoed in an error is no data, and the error is read")
  void fetch_errorAsThePeerWroteIt_isRead() {
    XmppClient juliet = connected(JULIET);
    answerWith(
        "type='error'",
        "<data xmlns='urn:xmpp:bob' type='text/plain' cid='"
            + CID_TEXT
            + "'>Y291Y291</data><error type='wait'>"
            + "<resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>");

    assertThatThrownBy(() -> bob(juliet).fetch(ROMEO, CID).join())
        .as("data echoed in an error is no data")
        .cause()
        .hasMessage("romeo@example.org/orchard answered resource-constraint (wait)");
    assertThat(bob(juliet).get(CID).join()).isEmpty();
  }

  @Test
  @DisplayName("B2: a reply counts only from the JID that was asked")
  void fetch_answerFromSomebodyElse_isIgnored() {
    XmppClient juliet =
        connected(JULIET, builder -> builder.requestTimeout(Duration.ofMillis(300)));
    wire.rule(
        stanza ->
            Wire.isRequest(stanza)
                ? List.of(
                    result(stanza, "from='mallory@example.org/x'", data(CID_TEXT, "Y291Y291")))
                : List.of(stanza));

    assertThatThrownBy(() -> bob(juliet).fetch(ROMEO, CID).join())
        .hasCauseInstanceOf(TimeoutException.class);
    assertThat(bob(juliet).get(CID).join()).isEmpty();
  }

  @Test
  @DisplayName("B7: concurrent requests for the same of the same peer share one IQ")
  void fetch_sameAtOnce_sharesOneRequest() throws Exception {
    XmppClient juliet = connected(JULIET);
    XmppClient romeo = connected(ROMEO);
    bob(romeo).set(COUCOU).join();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    wire.rule(
        stanza -> {
          if (Wire.isRequest(stanza)) {
            asked.countDown();
            await(answer);
          }
          return List.of(stanza);
        });

    CompletableFuture<Bob> first = bob(juliet).fetch(ROMEO, CID);
    await(asked);
    CompletableFuture<Bob> second = bob(juliet).fetch(ROMEO, CID);
    CompletableFuture<Bob> third = bob(juliet).fetch(ROMEO, CID);
    assertThat(third.cancel(true)).isTrue();
    answer.countDown();

    assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(COUCOU);
    assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(COUCOU);
    assertThat(wire.requests()).isEqualTo(1);
  }

  @Test
  void fetch_notConnected_failsWithTheReason() {
    assertThatThrownBy(() -> bob(client(JULIET)).fetch(ROMEO, CID).join())
        .hasCauseInstanceOf(ConnectionException.class);
  }

  private void answerWith(String attributes, String content) {
    wire.rule(
        stanza ->
            Wire.isRequest(stanza)
                ? List.of(
                    LiteralXml.element(
                        "<iq xmlns='jabber:client' %s id='%s' from='%s' to='%s'>%s</iq>"
                            .formatted(
                                attributes,
                                stanza.attribute("id").orElseThrow(),
                                stanza.attribute("to").orElseThrow(),
                                stanza.attribute("from").orElseThrow(),
                                content)))
                : List.of(stanza));
  }

  private static XmlElement result(XmlElement request, String from, String content) {
    return LiteralXml.element(
        "<iq xmlns='jabber:client' type='result' id='%s' %s to='%s'>%s</iq>"
            .formatted(
                request.attribute("id").orElseThrow(),
                from,
                request.attribute("from").orElseThrow(),
                content));
  }
}
