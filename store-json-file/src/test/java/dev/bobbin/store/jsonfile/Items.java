package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Items of tests, and a look at a directory. */
final class Items {
  static final Instant STORED = Instant.parse("2026-01-02T03:04:05.678901234Z");
  static final Bob COUCOU = Bob.of("coucou".getBytes(StandardCharsets.US_ASCII), "text/plain");
  static final BobKey COUCOU_KEY = BobKey.hosted(COUCOU.cid());
  static final String COUCOU_CID = "sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org";

  private Items() {}

  static BobKey hosted(String cid) {
    return BobKey.hosted(ContentId.of(cid));
  }

  static BobKey verified(String cid) {
    return new BobKey(Shelf.VERIFIED, ContentId.of(cid));
  }

  static StoredBob coucou() {
    return new StoredBob(COUCOU_KEY, COUCOU, STORED, null, null);
  }

  static StoredBob item(BobKey key, String text) {
    Bob bob = new Bob(key.cid(), "text/plain", BobData.utf8(text), null);
    return new StoredBob(key, bob, STORED, null, null);
  }

  static StoredBob expiring(BobKey key, String text, Instant expiresAt) {
    StoredBob item = item(key, text);
    return new StoredBob(key, item.bob(), STORED, expiresAt, null);
  }

  /** Every name in a directory, and those of hidden files, as {@code .bobbin/...}. */
  static List<String> names(Path directory) throws IOException {
    Path hidden = HiddenName.directory(directory);
    try (Stream<Path> files = Files.list(directory);
        Stream<Path> below = Files.isDirectory(hidden) ? Files.list(hidden) : Stream.empty()) {
      return Stream.concat(
              files.filter(
                  file -> !Files.isDirectory(hidden) || !file.endsWith(HiddenName.DIRECTORY)),
              below)
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
