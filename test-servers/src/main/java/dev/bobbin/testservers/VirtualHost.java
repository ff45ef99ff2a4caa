package dev.bobbin.testservers;

import dev.bobbin.xmpp.api.jid.Jid;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A domain that a {@link RealServer} serves, with accounts and a certificate of its own.
 *
 * <p>Each method gives a changed copy. What is not said: no accounts, and a certificate that names
 * the domain.
 *
 * <p>By STARTTLS both servers show the certificate of the domain that the stream is for; Prosody
 * knows the files, ejabberd looks for a certificate with the domain as a DNS name or as the
 * subject, and shows any other where there is none.
 *
 * @param domain the domain: letters, digits, hyphens and dots
 * @param login how one logs in
 * @param accounts passwords by local part
 * @param certificate what its certificate is like
 */
public record VirtualHost(
    String domain, Login login, Map<String, String> accounts, CertificateProfile certificate) {
  private static final Pattern HOST_NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,200}[a-z0-9])?");

  /** How one logs in. */
  public enum Login {
    /** By an account's password. */
    PASSWORD,
    /** By nothing, as nobody in particular (SASL ANONYMOUS). */
    ANONYMOUS
  }

  /** Checks them. What is a host name is safe in a configuration and in an argument as well. */
  public VirtualHost {
    if (!HOST_NAME.matcher(domain).matches()) {
      throw new IllegalArgumentException("'" + domain + "' is no host name in lower case");
    }
    Objects.requireNonNull(login, "login");
    accounts = Collections.unmodifiableMap(new LinkedHashMap<>(accounts));
    Objects.requireNonNull(certificate, "certificate");
  }

  /**
   * A domain for accounts, of which it has none yet.
   *
   * @param domain the domain
   * @return a virtual host
   * @throws IllegalArgumentException when it is no host name
   */
  public static VirtualHost of(String domain) {
    return new VirtualHost(domain, Login.PASSWORD, Map.of(), CertificateProfile.of(domain));
  }

  /**
   * Chooses how one logs in.
   *
   * @param how the way
   * @return a changed copy
   */
  public VirtualHost login(Login how) {
    return new VirtualHost(domain, how, accounts, certificate);
  }

  /**
   * Adds an account.
   *
   * @param local the local part of its JID
   * @param password its password
   * @return a changed copy
   * @throws dev.bobbin.xmpp.api.jid.MalformedJidException when the local part cannot be one
   * @throws IllegalArgumentException when the account is there already, or the password is empty
   */
  public VirtualHost account(String local, String password) {
    String prepared = Jid.of(local, domain, null).local().orElseThrow();
    Map<String, String> more = new LinkedHashMap<>(accounts);
    if (password.isEmpty() || more.putIfAbsent(prepared, password) != null) {
      throw new IllegalArgumentException(
          "The account '" + prepared + "' has no password, or is there already");
    }
    return new VirtualHost(domain, login, more, certificate);
  }

  /**
   * Chooses the certificate.
   *
   * @param profile what it is like
   * @return a changed copy
   */
  public VirtualHost certificate(CertificateProfile profile) {
    return new VirtualHost(domain, login, accounts, profile);
  }
}
