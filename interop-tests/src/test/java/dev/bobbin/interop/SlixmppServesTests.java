package dev.bobbin.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.plugin.Caching;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a stranger hosts, fetched by us across a real server, and for how long we have it. */
abstract class SlixmppServesTests extends WithSlixmpp {
  private static final String XHTML = "http://www.w3.org/1999/xhtml";

  SlixmppServesTests(ServerSoftware software) {
    super(software);
  }

  @Test
  @DisplayName("1: what a message of the stranger's refers to by its cid is there to be fetched")
  void fetch_referredTo_isFound() {
    String cid = slixmpp.set("cmVmZXJyZWQgdG8=", "image/png");
    Message message =
        pushed(
            "<html xmlns='http://jabber.org/protocol/xhtml-im'>"
                + "<body xmlns='http://www.w3.org/1999/xhtml'><img alt='it' src='cid:"
                + cid
                + "'/></body></html>");

    XmlElement image =
        message.children().get(0).children().get(0).child("img", XHTML).orElseThrow();
    ContentId referredTo = ContentId.ofUri(image.attribute("src").orElseThrow());

    assertThat(kept(referredTo)).isEmpty();
    assertThat(await(bob(juliet).fetch(message.from().orElseThrow(), referredTo)))
        .isEqualTo(Bob.of("referred to".getBytes(UTF_8), "image/png"));
  }

  @Test
  @DisplayName("2, 9, 13: verified, and then looked for here first")
  void fetch_hosted_isVerifiedAndThenCached() {
    String cid = slixmpp.set("Y291Y291", "text/plain");
    int before = slixmpp.timesAsked(cid);

    assertThat(cid).isEqualTo("sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org");
    assertThat(fetch(cid))
        .isEqualTo(new Bob(ContentId.of(cid), "text/plain", BobData.utf8("coucou"), null));
    assertThat(fetch(cid).data()).isEqualTo(BobData.utf8("coucou"));
    assertThat(slixmpp.timesAsked(cid)).isEqualTo(before + 1);
  }

  @Test
  @DisplayName("3: our request as it reaches the stranger")
  void request_atTheStranger_isWhatTheStandardSays() {
    String cid = slixmpp.set("b3VyIHJlcXVlc3Q=", "text/plain");
    fetch(cid);

    XmlElement request = LiteralXml.element(slixmpp.received(cid));

    assertThat(LiteralXml.text(request))
        .isEqualTo(
            LiteralXml.text(
                "<iq xmlns='jabber:client' xml:lang='en' type='get' id='%s' from='%s' to='%s'>"
                        .formatted(request.attribute("id").orElseThrow(), JULIET, SlixmppPeer.JID)
                    + "<data xmlns='urn:xmpp:bob' cid='"
                    + cid
                    + "'/></iq>"));
  }

  /** 8 KiB are the most that XEP-0231 section 2.1 wants to see sent so. */
  @Test
  @DisplayName("4: 8 KiB come whole")
  void fetch_asLargeAsAllowed_comesWhole() {
    byte[] bytes = new byte[8192];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }

    String cid = slixmpp.set(BobData.of(bytes).toBase64(), "image/png");

    assertThat(fetch(cid)).isEqualTo(Bob.of(bytes, "image/png"));
  }

  private void assertFailsAs(ContentId cid, Condition condition) {
    assertThatThrownBy(() -> fetch(cid))
        .isInstanceOfSatisfying(
            StanzaErrorException.class,
            e -> {
              assertThat(e.condition()).isEqualTo(condition);
              assertThat(e.from()).contains(SlixmppPeer.JID);
            });
    assertThat(kept(cid)).isEmpty();
  }

  /** slixmpp 1.8 trips over what it lacks and says so, instead of {@code item-not-found}. */
  @Test
  @DisplayName("7: what the stranger does not have fails with the condition that came")
  void fetch_unknown_failsWithTheConditionThatCame() {
    ContentId never = Bob.of("never set".getBytes(UTF_8), "text/plain").cid();
    ContentId gone = Bob.of("set no more".getBytes(UTF_8), "text/plain").cid();
    slixmpp.answer(
        gone.value(),
        "error",
        "<error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>");

    assertFailsAs(never, Condition.UNDEFINED_CONDITION);
    assertFailsAs(gone, Condition.ITEM_NOT_FOUND);
  }

  @Test
  @DisplayName("9: an application that wants nothing cached asks each time")
  void fetch_cachingOff_asksEachTime() {
    bits(builder -> builder.caching(Caching.NONE));
    String cid = slixmpp.set("bm90aGluZyBjYWNoZWQ=", "text/plain");

    for (int i = 1; i <= 2; i++) {
      assertThat(fetch(cid).data()).isEqualTo(BobData.utf8("nothing cached"));
      assertThat(slixmpp.timesAsked(cid)).isEqualTo(i);
    }
  }

  /** Keeps what was received where the test says, over the end of a session. */
  private static void keepIn(Map<BobKey, StoredBob> store, XmppClient client) {
    client
        .api()
        .register(
            BobMethods.SET_BOB,
            ApiScope.everywhere(),
            ApiHandler.direct(
                call -> {
                  store.put(call.args().key(), call.args());
                  return call.args().key();
                }));
    client
        .api()
        .register(
            BobMethods.GET_BOB,
            ApiScope.everywhere(),
            ApiHandler.direct(call -> Optional.ofNullable(store.get(call.args()))));
  }

  @Test
  @DisplayName("10: the cache lives as long as the session, a store of the application's longer")
  void fetch_inTheNextSession_asksAgainUnlessTheApplicationKeptIt() {
    String cid = slixmpp.set("dGhlIG5leHQgc2Vzc2lvbg==", "text/plain");
    Map<BobKey, StoredBob> store = new ConcurrentHashMap<>();

    fetch(cid);
    juliet.close();
    juliet = loggedIn();
    keepIn(store, juliet);
    fetch(cid);
    assertThat(slixmpp.timesAsked(cid)).isEqualTo(2);

    juliet.close();
    juliet = loggedIn();
    keepIn(store, juliet);
    assertThat(fetch(cid).data()).isEqualTo(BobData.utf8("the next session"));
    assertThat(slixmpp.timesAsked(cid)).isEqualTo(2);
  }

  @Test
  @DisplayName("11: kept until max-age is over, counted from receipt")
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
  @DisplayName("12: a max-age of zero is handed over and not kept")
  void fetch_maxAgeOfZero_isHandedOverAndNotCached() {
    String cid = slixmpp.set("bm8gdGltZQ==", "text/plain", 0);

    assertThat(fetch(cid))
        .isEqualTo(Bob.of("no time".getBytes(UTF_8), "text/plain").withMaxAge(Duration.ZERO));
    assertThat(kept(ContentId.of(cid))).isEmpty();
    fetch(cid);
    assertThat(slixmpp.timesAsked(cid)).isEqualTo(2);
  }

  @Test
  @DisplayName("14: what cannot be verified is kept as that of the stranger, and of nobody else")
  void fetch_notVerifiable_isKeptForItsSenderOnly() {
    XmppClient nurse = connected(NURSE);
    for (String value : new String[] {"a picture", "md5+5d41402abc4b2a76b9719d911017c592@x"}) {
      ContentId cid = ContentId.of(value);
      slixmpp.host(value, "dGhlIHN0cmFuZ2VyJ3M=", "text/plain");
      await(bob(nurse).set(new Bob(cid, "text/plain", BobData.utf8("the nurse's"), null)));

      assertThat(fetch(cid).data()).isEqualTo(BobData.utf8("the stranger's"));
      assertThat(kept(cid)).isEmpty();
      assertThat(await(bob(juliet).fetch(NURSE, cid)).data())
          .isEqualTo(BobData.utf8("the nurse's"));
      assertThat(fetch(cid).data()).isEqualTo(BobData.utf8("the stranger's"));
      assertThat(slixmpp.timesAsked(value)).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("18: each algorithm's hash is verified, and so kept for whomever we ask")
  void fetch_eachAlgorithm_isVerified() {
    assertThat(HelloCids.ALL)
        .allSatisfy(
            cid -> {
              slixmpp.host(cid, "aGVsbG8=", "text/plain");
              assertThat(fetch(cid).data()).isEqualTo(BobData.utf8("hello"));
              assertThat(kept(ContentId.of(cid))).isPresent();
            });
  }

  /** The first answer waits for leave to be taken until both have asked. */
  @Test
  @DisplayName("B7: two who want the same at once share one request")
  void fetch_twiceAtOnce_asksOnce() {
    ContentId cid = ContentId.of(slixmpp.set("YXQgb25jZQ==", "text/plain", 0));
    CompletableFuture<Boolean> leave = new CompletableFuture<>();
    juliet
        .api()
        .register(
            BobMethods.MAY_TAKE, ApiScope.everywhere(), ApiHandler.directAsync(call -> leave));

    CompletableFuture<Bob> one = bob(juliet).fetch(SlixmppPeer.JID, cid);
    CompletableFuture<Bob> other = bob(juliet).fetch(SlixmppPeer.JID, cid);
    leave.complete(true);

    assertThat(await(one)).isEqualTo(await(other));
    assertThat(slixmpp.timesAsked(cid.value())).isEqualTo(1);
  }
}
