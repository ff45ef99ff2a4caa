package dev.bobbin.integration;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiCall;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.disco.DiscoInfo;
import dev.bobbin.xmpp.disco.DiscoItem;
import dev.bobbin.xmpp.disco.DiscoMethods;
import dev.bobbin.xmpp.disco.DiscoQuery;
import dev.bobbin.xmpp.disco.Identity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Nodes that come and go: one handler for each method answers for all of them, and passes on what
 * is not theirs.
 */
class DynamicNodesTest extends DiscoStage {
  private static final String SONG_INFO =
      "<identity category='hierarchy' type='leaf' name='%s'/>"
          + "<feature var='http://jabber.org/protocol/disco#info'/>";

  private Songs songs = new Songs();

  /** Each song is a node {@code song/KEY} of Romeo's, shown to one domain. */
  private static final class Songs {
    final ConcurrentNavigableMap<String, String> titles = new ConcurrentSkipListMap<>();
    volatile String audience = "example.org";

    private boolean mayBeSeenBy(Optional<Jid> peer) {
      return peer.filter(jid -> jid.domain().equals(audience)).isPresent();
    }

    private Optional<String> title(ApiCall<?, ?> call) {
      return call.node()
          .filter(node -> node.startsWith("song/") && mayBeSeenBy(call.from()))
          .map(node -> titles.get(node.substring("song/".length())));
    }

    CompletionStage<Optional<DiscoInfo>> info(ApiCall<DiscoQuery, Optional<DiscoInfo>> call) {
      return title(call)
          .map(
              title ->
                  new DiscoInfo(List.of(new Identity("hierarchy", "leaf", title)), Set.of(INFO)))
          .<CompletionStage<Optional<DiscoInfo>>>map(
              info -> CompletableFuture.completedFuture(Optional.of(info)))
          .orElseGet(() -> call.proceed(call.args()));
    }

    CompletionStage<Optional<List<DiscoItem>>> items(
        ApiCall<DiscoQuery, Optional<List<DiscoItem>>> call) {
      if (call.node().isEmpty() && mayBeSeenBy(call.from())) {
        return CompletableFuture.completedFuture(
            Optional.of(titles.entrySet().stream().map(Songs::item).toList()));
      }
      return title(call).isPresent()
          ? CompletableFuture.completedFuture(Optional.of(List.of()))
          : call.proceed(call.args());
    }

    private static DiscoItem item(Map.Entry<String, String> song) {
      return new DiscoItem(ROMEO, "song/" + song.getKey(), song.getValue());
    }
  }

  @BeforeEach
  void serveSongs() {
    songs = new Songs();
    api().register(DiscoMethods.GET_INFO, ApiScope.everywhere(), songs::info);
    api().register(DiscoMethods.GET_ITEMS, ApiScope.everywhere(), songs::items);
  }

  @Test
  void nodes_thatAppear_areListedAndAnswer() {
    assertAnswer(items(""), items(""));
    songs.titles.put("1", "Heart's ease");
    songs.titles.put("2", "When griping grief");

    assertAnswer(
        items(""),
        items(
            "<item jid='romeo@example.org/orchard' node='song/1' name='Heart&apos;s ease'/>"
                + "<item jid='romeo@example.org/orchard' node='song/2' name='When griping grief'/>"));
    assertAnswer(info("song/1", ""), info("song/1", SONG_INFO.formatted("Heart&apos;s ease")));
    assertAnswer(items("song/2", ""), items("song/2", ""));
  }

  @Test
  void nodes_thatVanish_areItemNotFound() {
    songs.titles.put("1", "Heart's ease");
    songs.titles.put("2", "When griping grief");
    songs.titles.remove("1");

    assertRefused(info("song/1", ""), "item-not-found");
    assertRefused(items("song/1", ""), "item-not-found");
    assertAnswer(
        items(""),
        items("<item jid='romeo@example.org/orchard' node='song/2' name='When griping grief'/>"));
  }

  @Test
  void nodes_notTheirs_areAnsweredByWhatTheHandlerCovers() {
    disco(romeo).addNode("album", identity("pc", "Album"), List.of());

    assertAnswer(
        info("album", ""), info("album", "<identity category='client' type='pc' name='Album'/>"));
    assertAnswer(info(""), info(BASICS_XML));
  }

  /** To whom they are not shown, they do not differ from what never was. */
  @Test
  void nodes_notForThePeer_areItemNotFound() {
    songs.titles.put("1", "Heart's ease");
    songs.audience = "verona.example";

    assertAnswer(items(""), items(""));
    assertRefused(info("song/1", ""), "item-not-found");
    assertRefused(items("song/1", ""), "item-not-found");
    songs.audience = "example.org";
    assertAnswer(info("song/1", ""), info("song/1", SONG_INFO.formatted("Heart&apos;s ease")));
  }

  @Test
  void nodes_handlersTakenAway_areGone() {
    songs.titles.put("1", "Heart's ease");
    api().unregister(DiscoMethods.GET_INFO, ApiScope.everywhere());

    assertRefused(info("song/1", ""), "item-not-found");
    assertAnswer(items("song/1", ""), items("song/1", ""));
  }
}
