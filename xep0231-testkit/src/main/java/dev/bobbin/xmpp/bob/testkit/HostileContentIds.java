package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.bob.ContentId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** Content-ids that a peer may send and that a careless store mixes up or chokes on. */
final class HostileContentIds {
  private static final String[] LISTED = {
    ".",
    "..",
    "...",
    "../../etc/passwd",
    "..\\..\\boot.ini",
    "/",
    "/etc/passwd",
    "\\",
    "a/b",
    "a/../b",
    "a\\b",
    "C:\\x",
    "x:stream",
    "x.",
    "x ",
    " x",
    " ",
    ".hidden",
    "-rf",
    "~",
    "~root",
    "con",
    "CON",
    "nul.txt",
    "com1",
    "lpt9.log",
    "aux .x",
    "%",
    "%%",
    "%2e",
    "%2E",
    "%2f",
    "%00",
    "%-",
    "a%-b",
    "_v-x",
    "_f-a@example.org%-x",
    "_h-e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "_received",
    "__proto__",
    "*",
    "?",
    "[a-z]*",
    "{x}.y",
    "\"",
    "'",
    "'; DROP TABLE bob; --",
    "$(id)",
    "`id`",
    "${jndi:x}",
    "<data/>",
    "&amp;",
    "null",
    "true",
    "0",
    "-1",
    "abc",
    "ABC",
    "aBc",
    "\u00e9",
    "e\u0301",
    "\u00c9",
    "\ufb01",
    "fi",
    "\u0130",
    "\u0131",
    "i",
    "I",
    "\u00df",
    "ss",
    "SS",
    "k",
    "K",
    "\u212a",
    "\u202egnp.exe",
    "a\u200bb",
    "ab",
    "\ufeffab",
    "\u00a0",
    "\u2028",
    "\ud83e\uddf5",
    "\ud83e\uddf5\ufe0f",
    "\ud800\udc00",
    "\udbff\udffd",
    "\ue000",
    "\uff0f",
    "\u2024\u2024",
    "\uac00",
    "\u1100\u1161",
    "\u00c5",
    "A\u030a",
    "\u212b",
    "\u0390",
    "\u03b9\u0308\u0301",
    "\u1e9b\u0323",
    "cid:abc",
    "sha1+@bob.xmpp.org",
    "sha1+zz@bob.xmpp.org",
  };
  private static final String ALPHABET =
      "aAbB019@+-=._%/\\:*?\"<>| ~$'`{}[]\u00e9\u0301\u00df\u0131\u4e2d\u202e";

  /** Always the same, and told where a test fails. */
  static final long SEED = 231;

  private static final String[] DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    "com0",
    "com1",
    "com9",
    "com\u00b9",
    "lpt1",
    "lpt9",
    "conin$",
    "conout$",
    "clock$"
  };
  private static final int GENERATED = 120;
  private static final int TWINS = 15;
  private static final int LONGEST_GENERATED = 40;

  private HostileContentIds() {}

  /** Listed ones, some of the greatest length, generated ones, and near twins of those. */
  static List<ContentId> all() {
    Set<String> texts = new LinkedHashSet<>(List.of(LISTED));
    for (int length : new int[] {180, 199, 200, 201, 254, 255, 256, ContentId.MAX_BYTES}) {
      texts.add("x".repeat(length));
      texts.add("X".repeat(length));
      texts.add("x".repeat(length - 1) + "y");
    }
    texts.add("\u4e2d".repeat(ContentId.MAX_BYTES / 3));
    texts.add("/".repeat(ContentId.MAX_BYTES));
    for (String device : DEVICES) {
      texts.add(device);
      texts.add(device.toUpperCase(Locale.ROOT));
      texts.add(device + ".txt");
      texts.add(device + ":");
    }
    Random random = new Random(SEED);
    addGenerated(texts, random);
    addTwins(texts, random);
    List<ContentId> ids = new ArrayList<>(texts.size());
    texts.forEach(text -> ids.add(ContentId.of(text)));
    return ids;
  }

  private static void addGenerated(Set<String> texts, Random random) {
    for (int i = 0; i < GENERATED; i++) {
      int length = 1 + random.nextInt(LONGEST_GENERATED);
      StringBuilder text = new StringBuilder(length);
      for (int j = 0; j < length; j++) {
        text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      texts.add(text.toString());
    }
  }

  /** What a careless file system or database takes for one that is there already. */
  private static void addTwins(Set<String> texts, Random random) {
    List<String> before = new ArrayList<>(texts);
    for (int i = 0; i < TWINS; i++) {
      String text = before.get(random.nextInt(before.size()));
      for (String twin :
          new String[] {
            text.toUpperCase(Locale.ROOT),
            text.toLowerCase(Locale.ROOT),
            Normalizer.normalize(text, Normalizer.Form.NFC),
            Normalizer.normalize(text, Normalizer.Form.NFD),
            Normalizer.normalize(text, Normalizer.Form.NFKC),
            text + " ",
            text + ".",
            text + "/",
            "./" + text,
            text.strip() + "\u00a0",
            URLEncoder.encode(text, StandardCharsets.UTF_8)
          }) {
        if (twin.getBytes(StandardCharsets.UTF_8).length <= ContentId.MAX_BYTES) {
          texts.add(twin);
        }
      }
    }
  }
}
