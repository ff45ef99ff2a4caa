package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.ContentId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Decides what is pushed in a stanza that refers to data: what is small, while all that is pushed
 * in one stanza is no more than one item may be.
 */
final class Attaching {
  private final BobHosting hosting;
  private final BobSettings settings;

  Attaching(BobHosting hosting, BobSettings settings) {
    this.hosting = hosting;
    this.settings = settings;
  }

  /** Hosts all of it, or none where one cannot be hosted, and gives the elements to push. */
  CompletableFuture<List<XmlElement>> attach(List<Bob> bobs) {
    try {
      bobs.forEach(hosting::check);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
    CompletableFuture<?>[] hosted = bobs.stream().map(this::host).toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(hosted).thenApply(done -> pushed(bobs));
  }

  /** To set again what is there would write on each message, and end a lifetime that it has. */
  private CompletableFuture<ContentId> host(Bob bob) {
    return hosting
        .get(bob.cid())
        .thenCompose(
            there ->
                there.filter(one -> one.data().equals(bob.data())).isPresent()
                    ? CompletableFuture.completedFuture(bob.cid())
                    : hosting.set(bob));
  }

  private List<XmlElement> pushed(List<Bob> bobs) {
    List<XmlElement> elements = new ArrayList<>();
    int room = settings.maxItemBytes();
    for (Bob bob : bobs) {
      int size = bob.data().size();
      if (size < settings.pushBytes() && size <= room) {
        elements.add(bob.toElement());
        room -= size;
      }
    }
    return elements;
  }
}
