package dev.bobbin.testservers;

import dev.bobbin.xmpp.api.jid.Jid;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Says what a {@link ProsodyServer} is like. For use by one thread.
 *
 * <p>Without further words it has no accounts, keeps passwords as SCRAM-SHA-1 wants them (so that
 * it offers this mechanism alone), and shows a certificate for its domain.
 */
public final class ProsodyServerBuilder {
  private static final Pattern HOST_NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,200}[a-z0-9])?");

  private final String domain;
  private final Map<String, String> accounts = new LinkedHashMap<>();
  private String certificateDomain;
  private String passwordHash = "SHA-1";

  ProsodyServerBuilder(String domain) {
    this.domain = hostName(domain);
    this.certificateDomain = this.domain;
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
  public ProsodyServerBuilder account(String local, String password) {
    String prepared = Jid.of(local, domain, null).local().orElseThrow();
    if (password.isEmpty() || accounts.putIfAbsent(prepared, password) != null) {
      throw new IllegalArgumentException(
          "The account '" + prepared + "' has no password, or is there already");
    }
    return this;
  }

  /**
   * Chooses the hash by which passwords are kept, and with it the one SCRAM mechanism.
   *
   * @param hash {@code SHA-1} or {@code SHA-256}
   * @return this builder
   * @throws IllegalArgumentException when it is another
   */
  public ProsodyServerBuilder passwordHash(String hash) {
    if (!hash.equals("SHA-1") && !hash.equals("SHA-256")) {
      throw new IllegalArgumentException(
          "Prosody keeps passwords by SHA-1 or SHA-256, not by '" + hash + "'");
    }
    passwordHash = hash;
    return this;
  }

  /**
   * Shows a certificate that is not for the domain, for tests of clients that notice.
   *
   * @param other what the certificate is for
   * @return this builder
   * @throws IllegalArgumentException when it is no host name
   */
  public ProsodyServerBuilder certificateFor(String other) {
    certificateDomain = hostName(Objects.requireNonNull(other, "other"));
    return this;
  }

  /**
   * Starts the server. Blocks for a second or so, and 20 seconds at most for each of the steps.
   *
   * @return a server that accepts connections
   * @throws dev.bobbin.xmpp.api.XmppException when it cannot be started; the message holds the end
   *     of its log
   */
  public ProsodyServer start() {
    return ProsodyServer.start(this);
  }

  /** What is a host name is safe in a configuration and in an argument as well. */
  private static String hostName(String text) {
    if (!HOST_NAME.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is no host name in lower case");
    }
    return text;
  }

  String domain() {
    return domain;
  }

  Map<String, String> accounts() {
    return accounts;
  }

  String certificateDomain() {
    return certificateDomain;
  }

  String passwordHash() {
    return passwordHash;
  }
}
