package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How much each requester is served: 1000 bytes a second and eight seconds' worth of it at once,
 * where each answer counts 512 bytes beside its data, and the last data may go beyond.
 */
@Tag("one-path")
class BudgetTest extends Stage {
  private static final Bob ITEM =
      new Bob(ContentId.of("item"), "a/b", BobData.of(new byte[1488]), null);

  private final Clock clock = new Clock();
  private XmppClient juliet;

  @BeforeEach
  void connect() {
    juliet = hosting(1000, 2000);
  }

  private XmppClient hosting(long bytesPerSecond, int maxItemBytes) {
    BobPlugin plugin =
        BobPlugin.builder()
            .store(new MapStore(false))
            .servedBytesPerSecond(bytesPerSecond)
            .maxItemBytes(maxItemBytes)
            .build();
    XmppClient client = track(builder(JULIET).plugin(plugin).clock(clock).build());
    client.connect().join();
    plugin.set(ITEM).join();
    return client;
  }

  /** What requests for a content-id, one after the other, are answered with. */
  private List<String> ask(String from, String cid, int times) throws Exception {
    int before = wire.answers().size();
    String request =
        "<iq xmlns='jabber:client' type='get' id='1' from='%s' to='%s'>"
            + "<data xmlns='urn:xmpp:bob' cid='%s'/></iq>";
    deliver(
        juliet,
        Collections.nCopies(times, request.formatted(from, JULIET, cid)).toArray(String[]::new));
    settle(juliet);
    List<String> answers = wire.answers();
    List<String> kinds = new ArrayList<>();
    for (String answer : answers.subList(before, answers.size())) {
      kinds.add(
          answer.contains("<data ")
              ? "data"
              : answer.contains("<item-not-found ")
                  ? "none"
                  : answer.equals(later(from)) ? "later" : answer);
    }
    return kinds;
  }

  private static String later(String requester) {
    return "<iq xmlns='jabber:client' type='error' id='1' to='"
        + requester
        + "' from='juliet@example.org/balcony'><error type='wait'>"
        + "<resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>";
  }

  @Test
  @DisplayName(
      "B8: too many requests get resource-constraint, type wait; the clock refills the budget")
  void request_moreThanTheBudget_isToldToWait() throws Exception {
    assertThat(ask("romeo@example.org/a", "item", 6))
        .containsExactly("data", "data", "data", "data", "later", "later");

    clock.advance(Duration.ofMillis(511));
    assertThat(ask("romeo@example.org/a", "item", 1)).containsExactly("later");
    clock.advance(Duration.ofMillis(1489));
    assertThat(ask("romeo@example.org/a", "item", 2)).containsExactly("data", "later");
    clock.advance(Duration.ofDays(365));
    assertThat(ask("romeo@example.org/a", "item", 5))
        .as("no more than eight seconds' worth is saved up")
        .containsExactly("data", "data", "data", "data", "later");
  }

  @Test
  @DisplayName("B8: a requester is a bare JID: resources share a budget, and others have their own")
  void request_fromResources_shareOneBudget() throws Exception {
    for (String resource : List.of("/a", "/b", "/c", "")) {
      assertThat(ask("romeo@example.org" + resource, "item", 1)).containsExactly("data");
    }
    assertThat(ask("romeo@example.org/d", "item", 1)).containsExactly("later");
    for (String other : List.of("mercutio@example.org/a", "example.org", "romeo@example.net/a")) {
      assertThat(ask(other, "item", 1)).containsExactly("data");
    }
  }

  @Test
  @DisplayName("B8: a miss costs 512 bytes, so that nobody finds out what there is by trying")
  void request_misses_countAsWell() throws Exception {
    List<String> answers = ask("romeo@example.org/a", "nothing", 17);

    assertThat(answers.subList(0, 15)).containsOnly("none");
    assertThat(answers.subList(15, 17)).containsOnly("later");
  }

  @Test
  @DisplayName("B8: who is over its budget is told to wait whether there is something or not")
  void request_overTheBudget_looksTheSameForAllContentIds() throws Exception {
    ask("romeo@example.org/a", "nothing", 15);

    assertThat(ask("romeo@example.org/a", "item", 1)).containsExactly("later");
    assertThat(ask("romeo@example.org/a", "nothing", 1)).containsExactly("later");
  }

  @Test
  void request_noBound_isAlwaysServed() throws Exception {
    juliet.close();
    juliet = hosting(0, 2000);

    assertThat(ask("romeo@example.org/a", "item", 40)).hasSize(40).containsOnly("data");
  }

  @Test
  @DisplayName("the largest item is served, however small the budget")
  void request_largestItem_isServedToOneWhoWasServedNothing() throws Exception {
    juliet.close();
    juliet = hosting(1, 20_000);
    bob(juliet)
        .set(new Bob(ContentId.of("large"), "a/b", BobData.of(new byte[20_000]), null))
        .join();

    assertThat(ask("romeo@example.org/a", "large", 2)).containsExactly("data", "later");
    clock.advance(Duration.ofSeconds(20_512));
    assertThat(ask("romeo@example.org/a", "large", 2)).containsExactly("data", "later");
  }

  @Test
  @DisplayName("who does not wait is served at the rate all the same, and looked up for only then")
  void request_overAndOver_isServedAndLookedUpAtTheRate() throws Exception {
    juliet.close();
    juliet = hosting(1024, 8192);
    bob(juliet).set(new Bob(ContentId.of("large"), "a/b", BobData.of(new byte[8192]), null)).join();
    Queue<BobKey> lookedUp = lookUps(juliet);
    List<Integer> servedAt = new ArrayList<>();
    for (int halfSecond = 0; halfSecond < 60; halfSecond++) {
      if (ask("romeo@example.org/a", "large", 1).equals(List.of("data"))) {
        servedAt.add(halfSecond);
      }
      clock.advance(Duration.ofMillis(500));
    }

    assertThat(servedAt).as("8.5 s for each, and two at first").containsExactly(0, 2, 19, 36, 53);
    assertThat(lookedUp).hasSameSizeAs(servedAt);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2001, 300_000})
  @DisplayName(
      "4: what is larger than may be, or empty, is not there for peers, however it came in")
  void request_sizeThatMayNotBe_isItemNotFound(int size) throws Exception {
    ContentId cid = ContentId.of("odd");
    Bob odd = new Bob(cid, "a/b", BobData.of(new byte[size]), null);
    StoredBob stored = new StoredBob(BobKey.hosted(cid), odd, Instant.EPOCH, null, null);
    juliet
        .api()
        .register(
            BobMethods.GET_BOB,
            ApiScope.everywhere(),
            ApiHandler.direct(call -> Optional.of(stored)));

    ask("romeo@example.org/a", "odd", 2);
    String notFound =
        "<iq xmlns='jabber:client' type='error' id='1' to='romeo@example.org/a'"
            + " from='juliet@example.org/balcony'><error type='cancel'>"
            + "<item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>";
    assertThat(wire.answers()).containsExactly(notFound, notFound);
  }
}
