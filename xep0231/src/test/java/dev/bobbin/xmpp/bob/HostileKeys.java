package dev.bobbin.xmpp.bob;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Thousands of keys whose content-ids and senders are hard on file names, always the same. */
final class HostileKeys {
  private static final String[] LISTED = {
    ".",
    "..",
    "...",
    "....",
    "../x",
    "..\\x",
    "/",
    "\\",
    "//",
    "/etc/passwd",
    "a/b",
    "a\\b",
    "C:",
    "c:\\x",
    "x:y",
    ".x",
    "x.",
    "x..",
    "x. ",
    " ",
    "  ",
    " x",
    "x ",
    "-",
    "-x",
    "--",
    "~",
    "con",
    "CON",
    "Con",
    "con.txt",
    "con .txt",
    "con..",
    "prn",
    "aux",
    "nul",
    "nul.",
    "NUL.tar.gz",
    "com0",
    "com1",
    "com9",
    "com10",
    "com\u00b9",
    "com\u0661",
    "lpt1.x",
    "lpt",
    "conin$",
    "CONOUT$",
    "clock$",
    "%",
    "%%",
    "%2",
    "%2e",
    "%2E",
    "%2f",
    "%00",
    "%-",
    "%-%",
    "a%-b",
    "%5f",
    "_",
    "__",
    "_v-",
    "_v-x",
    "_f-",
    "_f-a@b%-c",
    "_h-",
    "_h-00",
    "_received",
    "_v-_v-x",
    "v-x",
    "*",
    "?",
    "\"",
    "<",
    ">",
    "|",
    "'",
    "`",
    "$",
    "&",
    ";",
    "#",
    "!",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "^",
    ",",
    "a",
    "A",
    "b",
    "B",
    "abc",
    "ABC",
    "aBC",
    "Abc",
    "i",
    "I",
    "\u0130",
    "\u0131",
    "\u0069\u0307",
    "k",
    "K",
    "\u212a",
    "s",
    "S",
    "\u017f",
    "\u00df",
    "\u1e9e",
    "ss",
    "SS",
    "\ufb01",
    "fi",
    "FI",
    "\u00e9",
    "e\u0301",
    "\u00c9",
    "E\u0301",
    "\u212b",
    "\u00c5",
    "A\u030a",
    "\u1e69",
    "s\u0323\u0307",
    "s\u0307\u0323",
    "\uac00",
    "\u1100\u1161",
    "\u03c3",
    "\u03c2",
    "\u03a3",
    "\u200b",
    "a\u200bb",
    "ab",
    "\ufeff",
    "\u202e",
    "\u2028",
    "\u00a0",
    "\u3000",
    "\uff0e",
    "\uff0f",
    "\u2215",
    "\u2024",
    "\ud83e\uddf5",
    "\ud800\udc00",
    "0",
    "00",
    "=",
    "+",
    "@",
    "@.",
    "sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org",
    "SHA1+5ED25AF7B1ED23FB00122E13D7F74C4D8262ACD8@bob.xmpp.org",
  };

  private HostileKeys() {}

  static List<BobKey> all() {
    List<BobKey> keys = new ArrayList<>();
    List<ContentId> cids = cids();
    List<Jid> senders = senders();
    for (int i = 0; i < cids.size(); i++) {
      keys.add(BobKey.hosted(cids.get(i)));
      keys.add(new BobKey(Shelf.VERIFIED, cids.get(i)));
      keys.add(new BobKey(new Shelf.From(senders.get(i % senders.size())), cids.get(i)));
    }
    for (Jid sender : senders) {
      keys.add(new BobKey(new Shelf.From(sender), ContentId.of("x")));
    }
    return keys.stream().distinct().toList();
  }

  private static List<ContentId> cids() {
    Set<String> texts = new LinkedHashSet<>(List.of(LISTED));
    for (int length : new int[] {65, 66, 67, 196, 197, 198, 199, 200, 201, 202, 255, 1023}) {
      for (String c : new String[] {"x", "X", ".", "/", "%", "_"}) {
        texts.add(c.repeat(length));
        texts.add(c.repeat(length - 1) + "y");
      }
    }
    texts.add("\u4e2d".repeat(341));
    String alphabet = "aAbBcCoOnN019@+-=._%/\\:* ~$'\u00e9\u0301\u00df\u0131\u4e2d\u202e";
    Random random = new Random(231);
    for (int i = 0; i < 4_000; i++) {
      texts.add(text(random, alphabet, 1 + random.nextInt(1 + i % 40)));
    }
    return texts.stream().map(ContentId::of).toList();
  }

  private static List<Jid> senders() {
    Set<Jid> senders = new LinkedHashSet<>();
    for (String resource : LISTED) {
      jid("room@muc.example.org/" + resource).ifPresent(senders::add);
      jid(resource + "@example.org").ifPresent(senders::add);
    }
    Stream.of(
            "con",
            "nul.x",
            "example.org",
            "a_b.example",
            "[::1]",
            "a@example.org",
            "a@example.org/b")
        .forEach(text -> senders.add(Jid.of(text)));
    senders.add(Jid.of("a".repeat(1023) + "@example.org/" + "\u4e2d".repeat(341)));
    Random random = new Random(232);
    String alphabet = "aAbB01@+-=._%/\\: ~$'\u00e9\u0301\u4e2d";
    for (int i = 0; i < 500; i++) {
      jid("room@muc.example.org/" + text(random, alphabet, 1 + random.nextInt(20)))
          .ifPresent(senders::add);
    }
    return List.copyOf(senders);
  }

  private static Optional<Jid> jid(String text) {
    try {
      return Optional.of(Jid.of(text));
    } catch (MalformedJidException e) {
      return Optional.empty();
    }
  }

  private static String text(Random random, String alphabet, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
