package dev.bobbin.testservers;

import dev.bobbin.testservers.ServerSettings.Passwords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

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
  private final Function<ServerSettings, S> starter;
  private final List<VirtualHost> others = new ArrayList<>();
  private VirtualHost main;
  private Passwords passwords = Passwords.SHA_1;
  private String tlsProtocol = "";
  private boolean clientCertificates;
  private boolean rooms;
  private String captcha = "";

  RealServerBuilder(String domain, Function<ServerSettings, S> starter) {
    this.main = VirtualHost.of(Objects.requireNonNull(domain, "domain"));
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
    main = main.account(local, password);
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
   * Shows another certificate than one for the domain, for tests of clients that notice.
   *
   * @param profile what it is like
   * @return this builder
   */
  public RealServerBuilder<S> certificate(CertificateProfile profile) {
    main = main.certificate(profile);
    return this;
  }

  /**
   * Serves one more domain.
   *
   * @param host the domain, with its accounts and its certificate
   * @return this builder
   * @throws IllegalArgumentException when it is served already
   */
  public RealServerBuilder<S> host(VirtualHost host) {
    if (hosts().stream().anyMatch(served -> served.domain().equals(host.domain()))) {
      throw new IllegalArgumentException("'" + host.domain() + "' is served already");
    }
    others.add(host);
    return this;
  }

  /**
   * Asks clients for a certificate, which they may refuse to show. ejabberd then offers SASL
   * EXTERNAL to all, and accepts it by a certificate of {@link RealServer#clientCertificate}.
   * Prosody asks, and offers nothing: none of its own modules logs clients in so.
   *
   * @return this builder
   */
  public RealServerBuilder<S> clientCertificates() {
    clientCertificates = true;
    return this;
  }

  /**
   * Serves rooms (<a href="https://xmpp.org/extensions/xep-0045.html">XEP-0045</a>) at {@code
   * rooms.} and the first domain. Who enters one that is not there makes it, open to everybody.
   *
   * @return this builder
   */
  public RealServerBuilder<S> rooms() {
    rooms = true;
    return this;
  }

  /**
   * Lets everybody register in band who can read a picture (<a
   * href="https://xmpp.org/extensions/xep-0158.html">XEP-0158</a>): ejabberd then sends a form with
   * that picture, as Bits of Binary, to the users of its other domains as well. Prosody has no such
   * module, and nobody can register there.
   *
   * @param png the picture in Base64, always the same; that it shows what is asked for is not
   *     needed to ask
   * @return this builder
   */
  public RealServerBuilder<S> captcha(String png) {
    captcha = Objects.requireNonNull(png, "png");
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
   * Starts the server. Blocks for a second or two, and 90 seconds at most for each of the steps.
   *
   * @return a server that accepts connections
   * @throws dev.bobbin.xmpp.api.XmppException when it cannot be started; the message holds the end
   *     of its log
   */
  public S start() {
    return starter.apply(
        new ServerSettings(hosts(), passwords, tlsProtocol, clientCertificates, rooms, captcha));
  }

  private List<VirtualHost> hosts() {
    return Stream.concat(Stream.of(main), others.stream()).toList();
  }
}
