package dev.bobbin.xmpp.core.internal.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.ConnectionException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names of a certificate stand for a domain. */
class ReferenceIdentityTest {
  private static final String SERVICE = "06082b06010505070807";

  private static boolean accepts(String domain, int type, Object name) {
    return ReferenceIdentity.of(domain)
        .isAmong(PresentedNames.ofAlternatives(List.of(List.of(type, name))));
  }

  /** DER: a tag, the length, and what is in it. */
  private static String der(String tag, String hex) {
    return tag + HexFormat.of().toHexDigits((byte) (hex.length() / 2)) + hex;
  }

  private static String text(String tag, String text) {
    return der(tag, HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static byte[] service(String name) {
    return HexFormat.of().parseHex(der("30", SERVICE + der("a0", text("16", name))));
  }

  @ParameterizedTest
  @CsvSource({
    "example.org, example.org, true",
    "example.org, EXAMPLE.Org, true",
    "example.org, example.com, false",
    "example.org, www.example.org, false",
    "example.org, example.org., false",
    "example.org, '', false",
    "example.org, org, false",
    "xmpp.example.org, *.example.org, true",
    "xmpp.example.org, *.EXAMPLE.ORG, true",
    "example.org, *.example.org, false",
    "a.b.example.org, *.example.org, false",
    "example.org, *.org, false",
    "example.org, *, false",
    "example.org, *., false",
    "xmpp.example.org, x*.example.org, false",
    "xmpp.example.org, *p.example.org, false",
    "a.b.example.org, *.*.example.org, false",
    "a.b.example.org, a.*.example.org, false",
    "b\u00FCcher.example, xn--bcher-kva.example, true",
    "b\u00FCcher.example, b\u00FCcher.example, false",
    "a.b\u00FCcher.example, *.xn--bcher-kva.example, true",
    "127.0.0.1, 127.0.0.1, false",
    "127.0.0.1, *.0.0.1, false",
    "'[::1]', ::1, false",
  })
  void dnsId(String domain, String presented, boolean accepted) {
    assertThat(accepts(domain, 2, presented)).isEqualTo(accepted);
  }

  @ParameterizedTest
  @CsvSource({
    "example.org, _xmpp-client.example.org, true",
    "example.org, _XMPP-Client.Example.ORG, true",
    "b\u00FCcher.example, _xmpp-client.xn--bcher-kva.example, true",
    "example.org, _xmpp-server.example.org, false",
    "example.org, _xmpps-client.example.org, false",
    "example.org, _xmpp-client.example.com, false",
    "example.org, example.org, false",
    "a.example.org, _xmpp-client.*.example.org, false",
    "example.org, *.example.org, false",
    "127.0.0.1, _xmpp-client.127.0.0.1, false",
  })
  void srvId(String domain, String presented, boolean accepted) {
    assertThat(accepts(domain, 0, service(presented))).isEqualTo(accepted);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "'[::1]', 0:0:0:0:0:0:0:1, true",
    "'[2001:DB8::1]', 2001:db8:0:0:0:0:0:1, true",
    "'[::1]', 0:0:0:0:0:0:0:2, false",
    "'[::1]', localhost, false",
    "'[not an address]', not an address, false",
    "127.0.0.999, 127.0.0.999, false",
    "example.org, 127.0.0.1, false",
  })
  void address(String domain, String presented, boolean accepted) {
    assertThat(accepts(domain, 7, presented)).isEqualTo(accepted);
  }

  @Test
  void otherTypes_doNotCount() {
    for (int type : new int[] {1, 4, 6, 8}) {
      assertThat(accepts("example.org", type, "example.org")).isFalse();
    }
    assertThat(ReferenceIdentity.of("example.org").isAmong(PresentedNames.ofAlternatives(null)))
        .isFalse();
  }

  @Test
  void domainThatIsNoNameInDns_isNamedByNoCertificate() {
    String domain = "\u00FC".repeat(64) + ".example";

    assertThatThrownBy(() -> ReferenceIdentity.of(domain)).isInstanceOf(ConnectionException.class);
  }

  @Test
  void sharpS_isNotNamedByACertificateForDoubleS() {
    assertThatThrownBy(() -> accepts("fa\u00DF.de", 2, "fass.de"))
        .isInstanceOf(ConnectionException.class);
    assertThat(accepts("xn--fa-hia.de", 2, "fass.de")).isFalse();
    assertThat(accepts("xn--fa-hia.de", 2, "xn--fa-hia.de")).isTrue();
  }

  @Test
  void underscore_isNotAskedForByName() {
    assertThat(ReferenceIdentity.of("a_b.example").serverNames()).isEmpty();
  }

  /** As JDK 17 hands it out: the tag twice. */
  @Test
  void srvName_taggedTwice_isRead() {
    byte[] twice =
        HexFormat.of()
            .parseHex(
                der("30", SERVICE + der("a0", der("a0", text("16", "_xmpp-client.a.example")))));

    assertThat(SrvName.read(twice)).contains("_xmpp-client.a.example");
  }

  @Test
  void srvName_longForms_areRead() {
    String name = "_xmpp-client." + "a".repeat(63) + "." + "b".repeat(63) + ".example";
    String string =
        "1681"
            + HexFormat.of().toHexDigits((byte) name.length())
            + HexFormat.of().formatHex(name.getBytes(StandardCharsets.US_ASCII));
    String value = "a08200" + HexFormat.of().toHexDigits((byte) (string.length() / 2)) + string;
    String all = "308200" + HexFormat.of().toHexDigits((byte) (10 + value.length() / 2));

    assertThat(SrvName.read(HexFormat.of().parseHex(all + SERVICE + value))).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "3000",
        "3080",
        "30847fffffff",
        "3082ffff06",
        "300a06082b06010505070807",
        "300c06082b06010505070807a000",
        "300f06082b06010505070807a003160561",
        "300f06082b06010505070805a003160161",
        "300f06082b06010505070807a0030c0161",
        "300f06082b06010505070807a103160161",
        "300f06082b06010505070807a00316016100",
        "301006082b06010505070807a00316016100",
        "301006082b06010505070807a00416016100",
        "300f06082b06010505070807a003160120",
        "300f06082b06010505070807a003160100",
        "300f06082b06010505070807a0031601e4",
        "310f06082b06010505070807a003160161",
        "301306082b06010505070807a007a005a003160161",
        "301206082b06010505070807a006a00316016100",
        "300f06082b06010505070807a00316017f",
      })
  void srvName_malformedOrOfAnotherType_isNone(String hex) {
    assertThat(SrvName.read(HexFormat.of().parseHex(hex))).isEmpty();
  }

  @Test
  void srvName_everyCutAndEveryChangedByte_neverThrows() {
    byte[] whole = service("_xmpp-client.example.org");
    for (int cut = 0; cut < whole.length; cut++) {
      assertThat(SrvName.read(java.util.Arrays.copyOf(whole, cut))).isEmpty();
    }
    for (int at = 0; at < whole.length; at++) {
      for (int value = 0; value < 256; value++) {
        byte[] changed = whole.clone();
        changed[at] = (byte) value;
        assertThat(SrvName.read(changed)).isNotNull();
      }
    }
    assertThat(SrvName.read(new byte[2000])).isEmpty();
  }

  @Test
  void names_inAMessage_areQuotedCutAndCounted() {
    List<List<?>> names = new ArrayList<>();
    names.add(List.of(2, "a\n.example"));
    names.add(List.of(0, service("_x.example")));
    for (int i = 0; i < 20; i++) {
      names.add(List.of(7, "192.0.2." + i));
    }

    assertThat(PresentedNames.ofAlternatives(names))
        .hasToString(
            "DNS 'a\uFFFD.example', SRV '_x.example', IP '192.0.2.0', IP '192.0.2.1', IP"
                + " '192.0.2.2', IP '192.0.2.3', IP '192.0.2.4', IP '192.0.2.5' and 14 more");
    assertThat(PresentedNames.ofAlternatives(null))
        .hasToString("no server (a common name does not count)");
  }

  @Test
  void hint_javaWithoutEllipticCurves_namesTheModule() {
    assertThat(TlsFailure.hint(Set.of("RSA"))).contains("jdk.crypto.ec");
    assertThat(TlsFailure.hint(Set.of("RSA", "EC"))).isEmpty();
  }
}
