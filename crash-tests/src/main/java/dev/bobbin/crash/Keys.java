package dev.bobbin.crash;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import dev.bobbin.xmpp.bob.Shelf;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The keys that writers change, few so that threads meet: of every shelf, of names that are escaped
 * or made of a hash, and of content-ids that fix the data, of which a store checks the hash.
 */
final class Keys {
  private static final Jid BALCONY = Jid.of("juliet@example.org/balcony");
  private static final Jid ORCHARD = Jid.of("juliet@example.org/orchard");

  private static final BobData FIXED = BobData.utf8("what the hash is of ".repeat(400));

  /** Expiring items are put under these, and under no others. */
  private static final List<BobKey> EXPIRING =
      List.of(hosted("soon@example.org"), from(BALCONY, "soon@example.org"));

  /** A content-id that is no safe name: a Python program has it under another name than we do. */
  private static final BobKey RAW = hosted("Two Words");

  static final List<BobKey> ALL =
      Stream.concat(
              Stream.of(
                  hosted("plain@example.org"),
                  hosted("../\u00dcber/Caf\u00e9: 1"),
                  hosted("con"),
                  hosted("long" + "-and-longer".repeat(80)),
                  BobKey.hosted(ContentId.of(HashAlgorithm.SHA_1, FIXED)),
                  new BobKey(Shelf.VERIFIED, ContentId.of(HashAlgorithm.SHA_256, FIXED)),
                  new BobKey(Shelf.VERIFIED, ContentId.of("picture")),
                  from(BALCONY, "picture"),
                  from(ORCHARD, "picture"),
                  from(ORCHARD, "long" + "-and-longer".repeat(80)),
                  hosted("a"),
                  hosted("b"),
                  RAW),
              EXPIRING.stream())
          .toList();

  private Keys() {}

  static boolean expires(int index) {
    return EXPIRING.contains(ALL.get(index));
  }

  /** Whether it may have to make room for others. */
  static boolean isReceived(int index) {
    return !(ALL.get(index).shelf() instanceof Shelf.Hosted);
  }

  /** The index of the key of which a Python program has the item under its own name. */
  static int raw() {
    return ALL.indexOf(RAW);
  }

  /** The only data that may be under that key; empty when any may. */
  static Optional<BobData> fixedData(int index) {
    return ALL.get(index).cid().isVerifiable() ? Optional.of(FIXED) : Optional.empty();
  }

  static IntStream indices() {
    return IntStream.range(0, ALL.size());
  }

  private static BobKey hosted(String cid) {
    return BobKey.hosted(ContentId.of(cid));
  }

  private static BobKey from(Jid sender, String cid) {
    return new BobKey(new Shelf.From(sender), ContentId.of(cid));
  }
}
