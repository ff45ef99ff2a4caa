package dev.bobbin.fuzz;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import dev.bobbin.xmpp.bob.Shelf;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Content-ids and the file names of their keys. The input is three lines: a content-id or a name,
 * another one, and a sender; what follows is data.
 *
 * <p>Claimed: a text is a content-id or an {@link IllegalArgumentException}; names are safe, stand
 * for one key only, also where letter case does not count, and lead back to it; a name that leads
 * to a key is the key's; and a hash is checked by all of its digits.
 */
public final class ContentIdTarget {
  private static final Pattern SAFE =
      Pattern.compile("(?!\\.)[a-z0-9@+\\-.%_=]{1,200}(?<!\\.)", Pattern.DOTALL);
  private static final Pattern DEVICE =
      Pattern.compile("(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\\..*)?", Pattern.DOTALL);
  private static final Pattern HASHED_NAME = Pattern.compile("_h-[0-9a-f]{64}");
  private static final Pattern VERIFIABLE =
      Pattern.compile(
          "(?i:sha-?1\\+[0-9a-f]{40}|(?:sha-224)\\+[0-9a-f]{56}|(?:sha3?-256)\\+[0-9a-f]{64}"
              + "|sha-384\\+[0-9a-f]{96}|(?:sha3?-512)\\+[0-9a-f]{128})@bob\\.xmpp\\.org",
          Pattern.DOTALL);

  private ContentIdTarget() {}

  /**
   * Tries one input.
   *
   * @param input three lines and data
   */
  public static void fuzzerTestOneInput(byte[] input) {
    List<String> parts = Input.lines(input, 4);
    checkName(parts.get(0));
    BobData data = BobData.utf8(parts.get(3));
    ContentId cid = cid(parts.get(0));
    ContentId other = cid(parts.get(1));
    if (cid != null) {
      checkVerifiable(cid, data);
      checkKeys(cid, sender(parts.get(2)), other == null ? cid : other);
    }
    checkHash(data);
  }

  private static @Nullable ContentId cid(String text) {
    try {
      ContentId cid = ContentId.of(text);
      Claim.that(cid.value().equals(text), "a content-id is another text");
      return cid;
    } catch (IllegalArgumentException e) {
      Claim.printable(e.getMessage());
      return null;
    }
  }

  private static Jid sender(String text) {
    try {
      return Jid.of(text);
    } catch (MalformedJidException e) {
      return Jid.of("room@example.org/-v-");
    }
  }

  private static void checkName(String name) {
    Optional<BobKey> key = BobKey.ofSafeName(name);
    Claim.that(
        key.isEmpty() || key.get().safeName().equals(name), "a name leads to the key of another");
  }

  private static void checkKeys(ContentId cid, Jid sender, ContentId other) {
    List<BobKey> keys =
        List.of(
            BobKey.hosted(cid),
            new BobKey(Shelf.VERIFIED, cid),
            new BobKey(new Shelf.From(sender), cid),
            BobKey.hosted(other),
            new BobKey(Shelf.VERIFIED, other),
            new BobKey(new Shelf.From(sender), other));
    List<String> names = keys.stream().map(BobKey::safeName).toList();
    for (int i = 0; i < keys.size(); i++) {
      BobKey key = keys.get(i);
      String name = names.get(i);
      Claim.that(SAFE.matcher(name).matches(), "a name is not safe: " + name);
      Claim.that(!DEVICE.matcher(name).matches(), "a name is a device's: " + name);
      boolean hashed = HASHED_NAME.matcher(name).matches();
      Claim.that(
          BobKey.ofSafeName(name).equals(hashed ? Optional.empty() : Optional.of(key)),
          "a name does not lead back to its key: " + name);
      for (int j = 0; j < i; j++) {
        boolean sameName = names.get(j).equalsIgnoreCase(name);
        Claim.that(sameName == keys.get(j).equals(key), "two keys have one name: " + name);
      }
    }
  }

  private static void checkVerifiable(ContentId cid, BobData data) {
    boolean expected = VERIFIABLE.matcher(cid.value()).matches();
    Claim.that(cid.isVerifiable() == expected, "whether a hash can be checked is wrong");
    boolean matches =
        cid.algorithm()
            .map(algorithm -> hash(ContentId.of(algorithm, data)).equals(hash(cid)))
            .orElse(false);
    Claim.that(cid.matches(data) == matches, "a hash is checked wrongly");
  }

  private static String hash(ContentId cid) {
    String value = cid.value();
    return value.substring(value.indexOf('+') + 1, value.indexOf('@')).toLowerCase(Locale.ROOT);
  }

  private static void checkHash(BobData data) {
    HashAlgorithm[] algorithms = HashAlgorithm.values();
    HashAlgorithm algorithm = algorithms[data.size() % algorithms.length];
    ContentId cid = ContentId.of(algorithm, data);
    Claim.that(cid.matches(data), "data does not have its own hash");
    Claim.that(
        ContentId.of(cid.value().toUpperCase(Locale.ROOT).replace("@BOB.XMPP.ORG", "@bob.xmpp.org"))
            .matches(data),
        "upper-case digits are others");
    byte[] bytes = data.toByteArray();
    if (bytes.length > 0) {
      bytes[bytes.length / 2] ^= 1;
      Claim.that(!cid.matches(BobData.of(bytes)), "changed data has the same hash");
    }
  }
}
