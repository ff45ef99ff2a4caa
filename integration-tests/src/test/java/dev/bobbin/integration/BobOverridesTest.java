package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.stanza.StanzaError;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.core.XmppClient;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The three methods of Bits of Binary replaced, for everything and for one JID. */
class BobOverridesTest extends Stage {
  private static final Bob COUCOU = Bob.of("coucou".getBytes(), "text/plain");
  private static final ContentId CID = COUCOU.cid();
  private static final Bob DECOY = new Bob(CID, "text/x-decoy", COUCOU.data(), null);

  private XmppClient juliet;
  private XmppClient romeo;

  @BeforeEach
  void connect() {
    juliet = connected(JULIET);
    romeo = connected(ROMEO);
  }

  private static StoredBob hosted(Bob bob) {
    return new StoredBob(BobKey.hosted(bob.cid()), bob, Instant.EPOCH, null, null);
  }

  private static ApiHandler<BobKey, Optional<StoredBob>> giving(Bob bob) {
    return ApiHandler.direct(call -> Optional.of(hosted(bob)));
  }

  @Test
  void register_allThreeEverywhere_keepThemWhereTheySay() {
    Map<BobKey, StoredBob> map = new ConcurrentHashMap<>();
    var api = romeo.api();
    api.register(
        BobMethods.SET_BOB,
        ApiScope.everywhere(),
        ApiHandler.blocking(
            call -> {
              map.put(call.args().key(), call.args());
              return call.args().key();
            }));
    var getting =
        api.register(
            BobMethods.GET_BOB,
            ApiScope.everywhere(),
            ApiHandler.blocking(call -> Optional.ofNullable(map.get(call.args()))));
    api.register(
        BobMethods.DEL_BOB,
        ApiScope.everywhere(),
        ApiHandler.blocking(call -> map.remove(call.args()) != null));

    bob(romeo).set(COUCOU).join();
    assertThat(map).containsOnlyKeys(BobKey.hosted(CID));
    assertThat(bob(romeo).get(CID).join()).contains(COUCOU);
    assertThat(bob(juliet).fetch(ROMEO, CID).join()).isEqualTo(COUCOU);
    getting.close();
    assertThat(bob(romeo).get(CID).join()).as("the store has nothing").isEmpty();
    assertThat(bob(romeo).delete(CID).join()).isTrue();
    assertThat(map).isEmpty();
  }

  @Test
  @DisplayName("B11: what is registered for one JID serves that JID alone")
  void register_forOneJid_servesThatJidAlone() {
    bob(romeo).set(COUCOU).join();
    romeo
        .api()
        .register(
            BobMethods.GET_BOB, ApiScope.jid(Jid.of("romeo@example.org/mantua")), giving(DECOY));
    assertThat(bob(juliet).fetch(ROMEO, CID).join()).isEqualTo(COUCOU);
    assertThat(bob(romeo).get(CID).join()).contains(COUCOU);

    romeo.api().register(BobMethods.GET_BOB, ApiScope.jid(ROMEO), giving(DECOY));
    assertThat(bob(romeo).get(CID).join()).contains(DECOY);
  }

  @Test
  void register_again_stacksAndClosingBringsBack() {
    bob(romeo).set(COUCOU).join();
    var first = romeo.api().register(BobMethods.GET_BOB, ApiScope.everywhere(), giving(DECOY));
    var second =
        romeo
            .api()
            .register(
                BobMethods.GET_BOB,
                ApiScope.everywhere(),
                ApiHandler.direct(call -> Optional.empty()));

    assertThat(bob(romeo).get(CID).join()).isEmpty();
    second.close();
    assertThat(bob(romeo).get(CID).join()).contains(DECOY);
    first.close();
    assertThat(bob(romeo).get(CID).join()).contains(COUCOU);
  }

  @Test
  @DisplayName(
      "B5: who may fetch is a rule that the application can set; refusal looks like absence")
  void register_ruleThatPassesOn_decidesWhoMayFetch() {
    bob(romeo).set(COUCOU).join();
    romeo
        .api()
        .register(
            BobMethods.GET_BOB,
            ApiScope.everywhere(),
            call ->
                call.from().filter(JULIET::equals).isPresent()
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : call.proceed(call.args()));

    assertThatThrownBy(() -> bob(juliet).fetch(ROMEO, CID).join())
        .hasMessageContaining("item-not-found (cancel)");
    assertThat(bob(romeo).get(CID).join()).contains(COUCOU);
    assertThat(bob(connected(Jid.of("juliet@example.org/tomb"))).fetch(ROMEO, CID).join())
        .isEqualTo(COUCOU);
  }

  @Test
  void register_changedArguments_reachTheCovered() {
    romeo
        .api()
        .register(BobMethods.SET_BOB, ApiScope.everywhere(), call -> call.proceed(hosted(DECOY)));
    bob(romeo).set(COUCOU).join();

    assertThat(bob(romeo).get(CID).join()).contains(DECOY);
  }

  @Test
  void call_eachFlow_isAboutUsAndNamesThePeer() throws Exception {
    BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    for (XmppClient client : List.of(juliet, romeo)) {
      String who = client.self().resource().orElseThrow();
      client
          .api()
          .register(
              BobMethods.GET_BOB,
              ApiScope.everywhere(),
              call -> {
                calls.add(flow(who, "get", call.jid(), call.from(), call.args().shelf()));
                return call.proceed(call.args());
              });
      client
          .api()
          .register(
              BobMethods.SET_BOB,
              ApiScope.everywhere(),
              call -> {
                calls.add(flow(who, "set", call.jid(), call.from(), call.args().key().shelf()));
                return call.proceed(call.args());
              });
    }
    bob(romeo).set(COUCOU).join();
    bob(juliet).fetch(ROMEO, CID).join();

    assertThat(calls)
        .containsExactly(
            "orchard set " + ROMEO + " - Hosted[]",
            "balcony get " + JULIET + " - Hosted[]",
            "balcony get " + JULIET + " - Verified[]",
            "orchard get " + ROMEO + " " + JULIET + " Hosted[]",
            "balcony set " + JULIET + " " + ROMEO + " Verified[]");
  }

  private static String flow(
      String who, String what, Optional<Jid> jid, Optional<Jid> from, Shelf shelf) {
    return who
        + " "
        + what
        + " "
        + jid.orElseThrow()
        + " "
        + from.map(Jid::toString).orElse("-")
        + " "
        + shelf;
  }

  @Test
  void call_beforeConnecting_isAboutTheBareJid() {
    XmppClient offline = client(Jid.of("juliet@example.org/tomb"));
    BlockingQueue<Jid> about = new LinkedBlockingQueue<>();
    offline
        .api()
        .register(
            BobMethods.GET_BOB,
            ApiScope.everywhere(),
            call -> {
              about.add(call.jid().orElseThrow());
              return call.proceed(call.args());
            });
    bob(offline).get(CID).join();

    assertThat(about).isNotEmpty().containsOnly(JULIET.bare());
  }

  @Test
  void handler_fails_isInternalServerErrorToThePeerAndTheExceptionToUs() {
    IOException failure = new IOException("the disk of the test is gone");
    romeo
        .api()
        .register(
            BobMethods.GET_BOB,
            ApiScope.everywhere(),
            ApiHandler.blocking(
                call -> {
                  throw failure;
                }));
    romeo
        .api()
        .register(
            BobMethods.SET_BOB,
            ApiScope.everywhere(),
            ApiHandler.direct(
                call -> {
                  throw failure;
                }));
    romeo
        .api()
        .register(
            BobMethods.DEL_BOB,
            ApiScope.everywhere(),
            ApiHandler.direct(
                call -> {
                  throw failure;
                }));

    assertThatThrownBy(() -> bob(juliet).fetch(ROMEO, CID).join())
        .hasMessageContaining("internal-server-error (cancel)");
    assertThat(wire.iqs("error")).singleElement().asString().doesNotContain("disk");
    assertThatThrownBy(() -> bob(romeo).get(CID).join()).cause().isSameAs(failure);
    assertThatThrownBy(() -> bob(romeo).set(COUCOU).join()).cause().isSameAs(failure);
    assertThatThrownBy(() -> bob(romeo).delete(CID).join()).cause().isSameAs(failure);
  }

  @Test
  void handler_failsWithAStanzaError_tellsThePeerThat() {
    romeo
        .api()
        .register(
            BobMethods.GET_BOB,
            ApiScope.everywhere(),
            ApiHandler.blocking(
                call -> {
                  throw new StanzaErrorException(
                      StanzaError.of(Condition.RESOURCE_CONSTRAINT, "later"));
                }));

    assertThatThrownBy(() -> bob(juliet).fetch(ROMEO, CID).join())
        .hasMessageContaining("resource-constraint (wait): later");
  }

  @Test
  void handler_givesAnotherItem_isInternalServerError() {
    Bob other = Bob.of("other".getBytes(), "text/plain");
    romeo.api().register(BobMethods.GET_BOB, ApiScope.everywhere(), giving(other));

    assertThatThrownBy(() -> bob(juliet).fetch(ROMEO, CID).join())
        .hasMessageContaining("internal-server-error");
    assertThatThrownBy(() -> bob(romeo).get(CID).join())
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  @DisplayName("22: the application can refuse; what cannot be kept is handed over all the same")
  void setBob_failsForReceivedData_fetchSucceedsAndNothingIsCached() {
    bob(romeo).set(COUCOU).join();
    juliet
        .api()
        .register(
            BobMethods.SET_BOB,
            ApiScope.everywhere(),
            ApiHandler.direct(
                call -> {
                  throw new IOException("no");
                }));

    assertThat(bob(juliet).fetch(ROMEO, CID).join()).isEqualTo(COUCOU);
    assertThat(bob(juliet).fetch(ROMEO, CID).join()).isEqualTo(COUCOU);
    assertThat(wire.requests()).isEqualTo(2);
  }
}
