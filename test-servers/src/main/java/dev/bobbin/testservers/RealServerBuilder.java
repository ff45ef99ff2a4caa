package dev.bobbin.testservers;

import dev.bobbin.testservers.ServerSettings.Passwords;
import dev.bobbin.xmpp.api.jid.Jid;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Says what a {@link RealServer} is like. For use by one thread.
 *
 * <p>Without further words it has no accounts, keeps passwords as SCRAM-SHA-1 wants them (so that
 * it offers no other SCRAM mechanism), shows a certificate for its domain, and speaks the versions
 * of TLS that it likes.
 *
 * @param <S> the server
 */
public final class RealServerBuilder<S extends RealServer> {
  private static final Pattern HOST_NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,200}[a-z0-9])?");

  private final Function<ServerSettings, S> starter;
  private final String domain;
  private final Map<String, String> accounts = new LinkedHashMap<>();
  private String certificateDomain;
  private Passwords passwords = Passwords.SHA_1;
  private String tlsProtocol = "";

  RealServerBuilder(String domain, Function<ServerSettings, S> starter) {
    this.domain = hostName(Objects.requireNonNull(domain, "domain"));
    this.certificateDomain = this.domain;
    this.starter = starter;
  }

  /**
   * Adds an account.
   *
   * @param local the local part of its JID
   * @param password its password
   * @return this builder
   * @throws dev.bobbin.xmpp.api.jid.MalformedJidException when the local part cannot be one
   * @throws IllegalArgumentException when the account is there already, or the password is empty
   */
  public RealServerBuilder<S> account(String local, String password) {
    String prepared = Jid.of(local, domain, null).local().orElseThrow();
    if (password.isEmpty() || accounts.putIfAbsent(prepared, password) != null) {
      throw new IllegalArgumentException(
          "The account '" + prepared + "' has no password, or is there already");
    }
    return this;
  }

  /**
   * Adds accounts.
   *
   * @param all passwords by local part
   * @return this builder
   * @throws dev.bobbin.xmpp.api.jid.MalformedJidException when a local part cannot be one
   * @throws IllegalArgumentException when one is there already, or a password is empty
   */
  public RealServerBuilder<S> accounts(Map<String, String> all) {
    all.forEach(this::account);
    return this;
  }

  /**
   * Chooses the hash by which passwords are kept, and with it the one SCRAM mechanism.
   *
   * @param hash {@code SHA-1} or {@code SHA-256}
   * @return this builder
   * @throws IllegalArgumentException when it is another
   */
  public RealServerBuilder<S> passwordHash(String hash) {
    passwords =
        switch (hash) {
          case "SHA-1" -> Passwords.SHA_1;
          case "SHA-256" -> Passwords.SHA_256;
          default ->
              throw new IllegalArgumentException(
                  "Passwords are kept by SHA-1 or SHA-256, not by '" + hash + "'");
        };
    return this;
  }

  /**
   * Keeps passwords as they are, so that every mechanism of the software is offered.
   *
   * @return this builder
   */
  public RealServerBuilder<S> plainPasswords() {
    passwords = Passwords.PLAIN;
    return this;
  }

  /**
   * Shows a certificate that is not for the domain, for tests of clients that notice.
   *
   * @param other what the certificate is for
   * @return this builder
   * @throws IllegalArgumentException when it is no host name
   */
  public RealServerBuilder<S> certificateFor(String other) {
    certificateDomain = hostName(Objects.requireNonNull(other, "other"));
    return this;
  }

  /**
   * Chooses the only version of TLS that is spoken.
   *
   * @param protocol {@code TLSv1.2} or {@code TLSv1.3}
   * @return this builder
   * @throws IllegalArgumentException when it is another
   */
  public RealServerBuilder<S> tlsProtocol(String protocol) {
    if (!protocol.equals("TLSv1.2") && !protocol.equals("TLSv1.3")) {
      throw new IllegalArgumentException("TLS is TLSv1.2 or TLSv1.3, not '" + protocol + "'");
    }
    tlsProtocol = protocol;
    return this;
  }

  /**
   * Starts the server. Blocks for a second or two, and 30 seconds at most for each of the steps.
   *
   * @return a server that accepts connections
   * @throws dev.bobbin.xmpp.api.XmppException when it cannot be started; the message holds the end
   *     of its log
   */
  public S start() {
    return starter.apply(
        new ServerSettings(
            domain,
            Collections.unmodifiableMap(new LinkedHashMap<>(accounts)),
            certificateDomain,
            passwords,
            tlsProtocol));
  }

  /** What is a host name is safe in a configuration and in an argument as well. */
  private static String hostName(String text) {
    if (!HOST_NAME.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is no host name in lower case");
    }
    return text;
  }
}
