package dev.bobbin.testservers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Says what a certificate is like: whom it names and how, since when it is valid, who signed it.
 *
 * <p>Each method gives a changed copy. What is not said: no name at all, valid for a week, an
 * elliptic curve key, signed by the server's authority.
 *
 * @param commonName the subject; clients must not take it for a name of the host (<a
 *     href="https://www.rfc-editor.org/rfc/rfc9525.html#section-2">RFC 9525, section 2</a>), but
 *     ejabberd does when it looks for the certificate of a domain
 * @param names subject alternative names
 * @param validity when it is valid
 * @param keyType what its key is
 * @param issuer who signed it
 */
public record CertificateProfile(
    String commonName, List<Name> names, Validity validity, KeyType keyType, Issuer issuer) {
  private static final String NOBODY = "A server for tests";
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_*@/. -]{1,64}");

  /** When a certificate is valid. */
  public enum Validity {
    /** Since yesterday, for a week. */
    CURRENT(-1, 7),
    /** Until yesterday. */
    EXPIRED(-8, -1),
    /** From tomorrow on. */
    FUTURE(1, 7);

    private final int firstDay;
    private final int lastDay;

    Validity(int firstDay, int lastDay) {
      this.firstDay = firstDay;
      this.lastDay = lastDay;
    }

    Instant first(Instant now) {
      return now.plus(Duration.ofDays(firstDay));
    }

    Instant last(Instant now) {
      return now.plus(Duration.ofDays(lastDay));
    }
  }

  /** What a key is. */
  public enum KeyType {
    /** On the curve P-256. */
    EC,
    /** Of 2048 bits. */
    RSA
  }

  /** Who signs a certificate. */
  public enum Issuer {
    /** The authority that {@link RealServer#certificate()} is of. */
    AUTHORITY,
    /** Somebody that this authority signed for, and whose certificate is shown too. */
    INTERMEDIATE,
    /** The like, but the server forgets to show it, so that the chain cannot be followed. */
    UNSHOWN_INTERMEDIATE,
    /** Its own key, so that whoever trusts the authority does not trust it. */
    ITSELF
  }

  /** The kinds of subject alternative names. */
  public enum NameKind {
    /** A host name or a wildcard: {@code *.example.org}. */
    DNS("DNS", ""),
    /** A service and a host name: {@code _xmpp-client.example.org} (RFC 4985). */
    SRV("otherName", "1.3.6.1.5.5.7.8.7;IA5STRING:"),
    /** A JID (RFC 6120, section 13.7.1.4). */
    XMPP_ADDR("otherName", "1.3.6.1.5.5.7.8.5;UTF8:"),
    /** An address in digits. */
    IP("IP", "");

    private final String key;
    private final String prefix;

    NameKind(String key, String prefix) {
      this.key = key;
      this.prefix = prefix;
    }

    /** A line of a configuration of openssl. */
    String line(int index, String value) {
      return key + "." + index + " = " + prefix + value;
    }
  }

  /**
   * A subject alternative name.
   *
   * @param kind its kind
   * @param value what it says
   */
  public record Name(NameKind kind, String value) {
    /** Checks it. */
    public Name {
      Objects.requireNonNull(kind, "kind");
      safe(value);
    }
  }

  /** Checks them. */
  public CertificateProfile {
    safe(commonName);
    names = List.copyOf(names);
    Objects.requireNonNull(validity, "validity");
    Objects.requireNonNull(keyType, "keyType");
    Objects.requireNonNull(issuer, "issuer");
  }

  /**
   * A certificate that names nobody yet.
   *
   * @return a profile
   */
  public static CertificateProfile nameless() {
    return new CertificateProfile(
        NOBODY, List.of(), Validity.CURRENT, KeyType.EC, Issuer.AUTHORITY);
  }

  /**
   * The usual certificate of a server.
   *
   * @param domain the host that it names
   * @return a profile
   * @throws IllegalArgumentException when it has other characters than names have
   */
  public static CertificateProfile of(String domain) {
    return nameless().name(NameKind.DNS, domain);
  }

  /**
   * Names one more.
   *
   * @param kind how
   * @param value whom
   * @return a changed copy
   * @throws IllegalArgumentException when the value has other characters than names have
   */
  public CertificateProfile name(NameKind kind, String value) {
    List<Name> more = new ArrayList<>(names);
    more.add(new Name(kind, value));
    return new CertificateProfile(commonName, more, validity, keyType, issuer);
  }

  /**
   * Chooses the subject.
   *
   * @param subject its common name
   * @return a changed copy
   * @throws IllegalArgumentException when it has other characters than names have
   */
  public CertificateProfile commonName(String subject) {
    return new CertificateProfile(subject, names, validity, keyType, issuer);
  }

  /**
   * Chooses when it is valid.
   *
   * @param when the time
   * @return a changed copy
   */
  public CertificateProfile validity(Validity when) {
    return new CertificateProfile(commonName, names, when, keyType, issuer);
  }

  /**
   * Chooses the key.
   *
   * @param type its type
   * @return a changed copy
   */
  public CertificateProfile keyType(KeyType type) {
    return new CertificateProfile(commonName, names, validity, type, issuer);
  }

  /**
   * Chooses who signs it.
   *
   * @param who the issuer
   * @return a changed copy
   */
  public CertificateProfile issuer(Issuer who) {
    return new CertificateProfile(commonName, names, validity, keyType, who);
  }

  /** What is safe in a configuration of openssl as it is. */
  private static void safe(String text) {
    if (!SAFE.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' cannot stand in a certificate for tests");
    }
  }
}
