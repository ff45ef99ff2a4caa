package dev.bobbin.xmpp.core.internal.dial;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.core.internal.dial.PresentedNames.Name;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import org.jspecify.annotations.Nullable;

/**
 * Whom a certificate has to name: the domain of the JID, never the host that was connected to (<a
 * href="https://www.rfc-editor.org/rfc/rfc6120#section-13.7.2">RFC 6120 section 13.7.2</a>, <a
 * href="https://www.rfc-editor.org/rfc/rfc9525#section-6">RFC 9525 section 6</a>).
 *
 * <ul>
 *   <li>A DNS-ID is compared in ASCII (A-labels), case aside. A {@code *} may be its complete
 *       left-most label and then stands for one label; at least two have to follow it.
 *   <li>An SRV-ID is {@code _xmpp-client.} and the domain, without a wildcard; direct TLS is
 *       checked as STARTTLS is (<a href="https://xmpp.org/extensions/xep-0368.html">XEP-0368</a>).
 *   <li>A domain that is an address has to stand there as an address.
 * </ul>
 */
final class ReferenceIdentity {
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");
  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
  private static final String SERVICE = "_xmpp-client.";

  private final String domain;
  private final String name;
  private final byte @Nullable [] address;

  private ReferenceIdentity(String domain, String name, byte @Nullable [] address) {
    this.domain = domain;
    this.name = name;
    this.address = address;
  }

  /**
   * Makes it from the domain of a JID.
   *
   * @throws ConnectionException when no certificate can name it ({@link DomainName})
   */
  static ReferenceIdentity of(String domain) {
    if (domain.startsWith("[") || IPV4.matcher(domain).matches()) {
      String literal = domain.startsWith("[") ? domain.substring(1, domain.length() - 1) : domain;
      return new ReferenceIdentity(domain, literal, address(literal));
    }
    return new ReferenceIdentity(domain, DomainName.ascii(domain), null);
  }

  /** Without asking anybody: what is no literal is no address. */
  private static byte @Nullable [] address(String literal) {
    if (!ADDRESS.matcher(literal).matches()
        || literal.indexOf(':') < 0 && !IPV4.matcher(literal).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(literal).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** The name in ASCII, or the address without brackets. */
  String name() {
    return name;
  }

  /** What to ask the server for (RFC 6066 section 3); empty for what may not stand there. */
  List<SNIServerName> serverNames() {
    try {
      return address == null ? List.of(new SNIHostName(name)) : List.of();
    } catch (IllegalArgumentException e) {
      // A name that DNS allows and SNI does not, such as one with an underscore.
      return List.of();
    }
  }

  /** Fails unless the certificate is for it. */
  void check(X509Certificate certificate) throws RefusedCertificate {
    PresentedNames presented = PresentedNames.of(certificate);
    if (!isAmong(presented)) {
      throw new RefusedCertificate("it names " + presented + ", and not '" + domain + "'", null);
    }
  }

  boolean isAmong(PresentedNames presented) {
    return presented.names().stream().anyMatch(this::is);
  }

  private boolean is(Name presented) {
    String text = presented.text().toLowerCase(Locale.ROOT);
    if (address != null) {
      return presented.kind() == PresentedNames.Kind.IP
          && Arrays.equals(address, address(presented.text()));
    }
    return switch (presented.kind()) {
      case DNS -> text.startsWith("*.") ? isBelow(text.substring(2)) : text.equals(name);
      case SRV -> text.equals(SERVICE + name);
      case IP -> false;
    };
  }

  private boolean isBelow(String parent) {
    int dot = name.indexOf('.');
    return dot > 0 && name.substring(dot + 1).equals(parent) && parent.indexOf('.') > 0;
  }

  @Override
  public String toString() {
    return domain;
  }
}
