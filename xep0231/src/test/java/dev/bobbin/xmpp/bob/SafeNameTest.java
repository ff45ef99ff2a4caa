package dev.bobbin.xmpp.bob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of keys: see {@link BobKey#safeName()}. */
class SafeNameTest {
  private static final Pattern DEVICE =
      Pattern.compile(
          "(con|prn|aux|nul|clock\\$|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3]) *(\\..*)?",
          Pattern.CASE_INSENSITIVE);

  @ParameterizedTest
  @CsvSource({
    "sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org,"
        + " sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org",
    "., %2e",
    ".., %2e%2e",
    "..., %2e.%2e",
    "../x, %2e.%2fx",
    "ABC, %41%42%43",
    "\u00e9, %c3%a9",
    "con.txt, %63on.txt",
    "console, console",
    "com1, %63om1",
    "com10, com10",
    "_received, %5freceived",
    "_v-x, %5fv-x",
    "%2e, %252e",
  })
  void safeName_hosted_isItsEscapedContentId(String cid, String name) {
    assertThat(BobKey.hosted(ContentId.of(cid)).safeName()).isEqualTo(name);
  }

  @Test
  void safeName_otherShelves_areMarked() {
    ContentId cid = ContentId.of("A.b");
    assertThat(new BobKey(Shelf.VERIFIED, cid).safeName()).isEqualTo("_v-%41.b");
    assertThat(new BobKey(new Shelf.From(Jid.of("r@muc.example.org/N n")), cid).safeName())
        .isEqualTo("_f-r@muc.example.org%2f%4e%20n%-%41.b");
  }

  @Test
  void safeName_thousandsOfKeys_differEvenFolded() {
    Map<String, BobKey> byName = new HashMap<>();
    List<BobKey> keys = HostileKeys.all();
    assertThat(keys).hasSizeGreaterThan(10_000);
    for (BobKey key : keys) {
      String name = key.safeName();
      for (String folded : foldings(name)) {
        BobKey other = byName.putIfAbsent(folded, key);
        assertThat(other == null ? key : other)
            .as("the other key with the name %s", folded)
            .isEqualTo(key);
      }
    }
  }

  @Test
  void safeName_thousandsOfKeys_areSafeEverywhere() {
    for (BobKey key : HostileKeys.all()) {
      assertThat(key.safeName())
          .as("name of %s", key)
          .matches("[a-z0-9@+\\-.%_=]{1,200}")
          .doesNotStartWith(".")
          .doesNotEndWith(".")
          .isNotEqualTo("_received")
          .doesNotMatch(DEVICE);
    }
  }

  @Test
  void ofSafeName_thousandsOfKeys_readsThemBackUnlessHashed() {
    int hashed = 0;
    for (BobKey key : HostileKeys.all()) {
      String name = key.safeName();
      Optional<BobKey> back = BobKey.ofSafeName(name);
      if (name.startsWith("_h-")) {
        hashed++;
        assertThat(back).as(name).isEmpty();
      } else {
        assertThat(back).as(name).contains(key);
      }
    }
    assertThat(hashed).isGreaterThan(10);
  }

  @Test
  void safeName_ofTheGreatestLength_isNotHashed() {
    String sender = "a@example.org";
    int rest = 200 - ("_f-" + sender + "%-").length();
    Map<Shelf, Integer> longest =
        Map.of(Shelf.HOSTED, 200, Shelf.VERIFIED, 197, new Shelf.From(Jid.of(sender)), rest);
    longest.forEach(
        (shelf, length) -> {
          BobKey fits = new BobKey(shelf, ContentId.of("x".repeat(length)));
          BobKey tooLong = new BobKey(shelf, ContentId.of("x".repeat(length + 1)));
          assertThat(fits.safeName()).hasSize(200).doesNotStartWith("_h-");
          assertThat(tooLong.safeName()).matches("_h-[0-9a-f]{64}");
        });
  }

  @Test
  void safeName_tooLong_isTheSha256OfTheWholeName() {
    // printf 'x%.0s' {1..201} | sha256sum
    assertThat(BobKey.hosted(ContentId.of("x".repeat(201))).safeName())
        .isEqualTo("_h-84a0678c90937f5dcf9994d5866668da6b995109c8ad845410559b48a4ecafed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        ".x",
        ".bobbin-1.tmp",
        "x.",
        "/",
        "a/b",
        "a b",
        "A",
        "\u00e9",
        "%",
        "%2",
        "%2E",
        "%zz",
        "%61",
        "%2ex%",
        "%ff",
        "%c3",
        "%ed%a0%80",
        "%00",
        "%0a",
        "con",
        "nul.txt",
        "_",
        "_received",
        "_v-",
        "_v-%61",
        "_x-a",
        "_f-",
        "_f-%-",
        "_f-a@b",
        "_f-a@b%-",
        "_f-%-x",
        "_f-A@b%-x",
        "_f-%41@b%-x",
        "_f-a%40b%-x",
        "_f-a@b%-x%-y",
        "_h-",
        "_h-e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "sha1+x@bob.xmpp.org~",
      })
  void ofSafeName_nameOfNoKey_isEmpty(String name) {
    assertThat(BobKey.ofSafeName(name)).isEmpty();
  }

  @Test
  void ofSafeName_veryLong_isEmpty() {
    assertThat(BobKey.ofSafeName("x".repeat(201))).isEmpty();
    assertThat(BobKey.ofSafeName("%41".repeat(100_000))).isEmpty();
    assertThat(BobKey.ofSafeName("_f-" + "a".repeat(100_000) + "%-x")).isEmpty();
  }

  private static Set<String> foldings(String name) {
    Set<String> folded = new LinkedHashSet<>();
    for (String each :
        List.of(
            name,
            name.toLowerCase(Locale.ROOT),
            name.toUpperCase(Locale.ROOT),
            name.toLowerCase(Locale.forLanguageTag("tr")))) {
      for (Normalizer.Form form : Normalizer.Form.values()) {
        folded.add(Normalizer.normalize(each, form));
      }
    }
    return folded;
  }
}
