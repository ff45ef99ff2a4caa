package dev.bobbin.xmpp.core.internal.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Under which name DNS and certificates know a domain. */
class DomainNameTest {
  @ParameterizedTest
  @CsvSource({
    "example.org, example.org",
    "EXAMPLE.Org, example.org",
    "b\u00FCcher.example, xn--bcher-kva.example",
    "B\u00DCCHER.example, xn--bcher-kva.example",
    "xn--bcher-kva.example, xn--bcher-kva.example",
    "XN--BCHER-KVA.example, xn--bcher-kva.example",
    "xn--fa-hia.b\u00FCcher.example, xn--fa-hia.xn--bcher-kva.example",
    "\u03BB\u03BF\u03B3\u03BF\u03C3.example, xn--oxapmbu.example",
    "a_b.example, a_b.example",
    "127.0.0.1, 127.0.0.1",
  })
  void ascii_nameThatComesBack_isConverted(String domain, String ascii) {
    assertThat(DomainName.ascii(domain)).isEqualTo(ascii);
  }

  /** Letters since Unicode 3.2, whose tables IDNA2003 has. */
  @ParameterizedTest
  @ValueSource(strings = {"\u2C65.example", "\u0527.example"})
  void ascii_letterThatIdna2003DoesNotKnow_isConvertedAndComesBack(String domain) {
    String ascii = DomainName.ascii(domain);

    assertThat(ascii).startsWith("xn--");
    assertThat(DomainName.ascii(Jid.of(ascii).domain())).isEqualTo(ascii);
  }

  @ParameterizedTest
  @CsvSource({
    "fa\u00DF.de, fa\u00DF, fass",
    "FA\u00DF.de, fa\u00DF, fass",
    "a.\u03BB\u03BF\u03B3\u03BF\u03C2.example, \u03BB\u03BF\u03B3\u03BF\u03C2, xn--oxapmbu",
  })
  void ascii_letterThatTheJdkTakesForOthers_isRefused(String domain, String label, String other) {
    assertThatThrownBy(() -> DomainName.ascii(domain))
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NAME_NOT_FOUND))
        .hasMessage(
            "'"
                + domain
                + "' cannot be a name in DNS: the JDK takes '"
                + label
                + "' for '"
                + other
                + "', which is another name. If the domain is right, write it as xn--..."
                + " (docs/errors.md#no-dns-name)");
  }

  /** Joiners, a soft hyphen, full-width letters and dots, an empty label. */
  @ParameterizedTest
  @ValueSource(
      strings = {"a\u200Db.de", "a\u200Cb.de", "a\u00ADb.de", "\uFF41.de", "a\u3002de", "a..de"})
  void ascii_whatJidsDoNotHave_isRefused(String domain) {
    assertThatThrownBy(() -> DomainName.ascii(domain)).isInstanceOf(ConnectionException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xn--fa-hia.de", "xn--3xa.example"})
  void ascii_ofAJidInXnForm_isThatForm(String domain) {
    assertThat(DomainName.ascii(Jid.of("juliet@" + domain).domain())).isEqualTo(domain);
  }

  @Test
  void ascii_longerThanANameCanBe_isRefused() {
    assertThat(DomainName.ascii("a.".repeat(126) + "a")).hasSize(253);
    assertThatThrownBy(() -> DomainName.ascii("a.".repeat(126) + "aa"))
        .hasMessageContaining("longer than 253 characters");
    assertThatThrownBy(() -> DomainName.ascii("\u00FC".repeat(63) + ".example"))
        .isInstanceOf(ConnectionException.class)
        .hasMessageContaining("docs/errors.md#no-dns-name");
  }
}
