package dev.bobbin.xmpp.core.internal.dial;

import dev.bobbin.xmpp.api.Quoted;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names of a certificate that can stand for an XMPP server: DNS-IDs, SRV-IDs and addresses (<a
 * href="https://www.rfc-editor.org/rfc/rfc9525#section-2">RFC 9525 section 2</a>). The common name
 * is none of them.
 *
 * @param names in the certificate's order
 */
record PresentedNames(List<Name> names) {
  private static final int SHOWN = 8;
  private static final int OTHER_NAME = 0;
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  /** What a name is of. */
  enum Kind {
    DNS,
    SRV,
    IP
  }

  /** One name, as the certificate has it. */
  record Name(Kind kind, String text) {
    @Override
    public String toString() {
      return kind + " '" + Quoted.of(text) + "'";
    }
  }

  static PresentedNames of(X509Certificate certificate) throws RefusedCertificate {
    try {
      return ofAlternatives(certificate.getSubjectAlternativeNames());
    } catch (CertificateParsingException e) {
      throw new RefusedCertificate(
          "its names cannot be read: " + Quoted.of(String.valueOf(e.getMessage())), e);
    }
  }

  /** From pairs of type and value; a value is text or DER. */
  static PresentedNames ofAlternatives(@Nullable Collection<List<?>> alternatives) {
    List<Name> names = new ArrayList<>();
    for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
      Object value = alternative.get(1);
      if (!(alternative.get(0) instanceof Integer type)) {
        continue;
      }
      if (type == DNS_NAME && value instanceof String text) {
        names.add(new Name(Kind.DNS, text));
      } else if (type == IP_ADDRESS && value instanceof String text) {
        names.add(new Name(Kind.IP, text));
      } else if (type == OTHER_NAME && value instanceof byte[] der) {
        SrvName.read(der).ifPresent(text -> names.add(new Name(Kind.SRV, text)));
      }
    }
    return new PresentedNames(List.copyOf(names));
  }

  @Override
  public String toString() {
    if (names.isEmpty()) {
      return "no server (a common name does not count)";
    }
    return names.stream().limit(SHOWN).map(Name::toString).collect(Collectors.joining(", "))
        + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
  }
}
