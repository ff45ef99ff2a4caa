package dev.bobbin.xmpp.core.internal.sasl;

import dev.bobbin.xmpp.api.jid.Jid;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who logs in, and by what. Immutable. */
public final class Credentials {
  private final Jid account;
  private final Proof proof;
  private final @Nullable Password password;
  private final boolean named;
  private final Set<Mechanism> mechanisms;

  private Credentials(
      Jid account,
      Proof proof,
      @Nullable Password password,
      boolean named,
      Set<Mechanism> mechanisms) {
    this.account = account;
    this.proof = proof;
    this.password = password;
    this.named = named;
    this.mechanisms = Collections.unmodifiableSet(mechanisms);
  }

  private Credentials(Jid account, Proof proof, @Nullable Password password) {
    this(account, proof, password, false, Mechanism.usual(proof));
  }

  /**
   * An account with a password.
   *
   * @param account a bare JID with a local part
   * @param password its password
   * @return credentials for every SCRAM mechanism
   */
  public static Credentials byPassword(Jid account, Password password) {
    return new Credentials(account, Proof.PASSWORD, password);
  }

  /**
   * An account with a client certificate, which the TLS context has.
   *
   * @param account a bare JID with a local part
   * @return credentials for EXTERNAL
   */
  public static Credentials byCertificate(Jid account) {
    return new Credentials(account, Proof.CERTIFICATE, null);
  }

  /**
   * Nobody in particular.
   *
   * @param domain a domain without local part
   * @return credentials for ANONYMOUS
   */
  public static Credentials anonymous(Jid domain) {
    return new Credentials(domain, Proof.NOTHING, null);
  }

  /**
   * The same credentials, used by given mechanisms only.
   *
   * @param names registered names, in any order
   * @return a copy
   * @throws IllegalArgumentException when there is no name, or one that is unknown or is of no use
   *     with these credentials
   */
  public Credentials restrictedTo(List<String> names) {
    Set<Mechanism> chosen = EnumSet.noneOf(Mechanism.class);
    for (String name : names) {
      Mechanism mechanism = Mechanism.named(name);
      if (mechanism.proof() != proof) {
        throw new IllegalArgumentException(
            name
                + " proves who logs in by "
                + mechanism.proof().words()
                + ", and this client by "
                + proof.words()
                + ": begin with "
                + mechanism.proof().beginning()
                + ", or name some of "
                + usable()
                + " (docs/errors.md#bad-mechanism)");
      }
      chosen.add(mechanism);
    }
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "No SASL mechanism is named; name some of "
              + usable()
              + " (docs/errors.md#bad-mechanism)");
    }
    return new Credentials(account, proof, password, true, chosen);
  }

  private Collection<String> usable() {
    return Mechanism.names(
        Arrays.stream(Mechanism.values()).filter(other -> other.proof() == proof).toList());
  }

  /**
   * The account as far as it is known before logging in.
   *
   * @return a bare JID; the domain alone for nobody in particular
   */
  public Jid account() {
    return account;
  }

  /**
   * Who we tell the server that we are, before it has proof.
   *
   * @return the account; empty for nobody in particular
   */
  public Optional<Jid> claimed() {
    return proof == Proof.NOTHING ? Optional.empty() : Optional.of(account);
  }

  /**
   * Whether TLS has to show the server a certificate of ours.
   *
   * @return true for EXTERNAL
   */
  public boolean isByCertificate() {
    return proof == Proof.CERTIFICATE;
  }

  /**
   * Whether the server may bind an address for us.
   *
   * @param bound what it bound
   * @return true for a full JID of the account; for nobody in particular, of any account of the
   *     domain
   */
  public boolean permits(Jid bound) {
    return bound.isFull()
        && (proof == Proof.NOTHING
            ? bound.local().isPresent() && bound.domain().equals(account.domain())
            : bound.bare().equals(account));
  }

  /**
   * The mechanisms that may be used.
   *
   * @return registered names, the strongest first
   */
  public List<String> mechanismNames() {
    return Mechanism.names(mechanisms);
  }

  /** Those that may be used, the strongest first. */
  Set<Mechanism> mechanisms() {
    return mechanisms;
  }

  /** Whether somebody named them. */
  boolean areNamed() {
    return named;
  }

  Proof proof() {
    return proof;
  }

  /** Begins to authenticate by a mechanism that may be used. Asks for the password. */
  SaslExchange begin(Mechanism mechanism, Gs2Header gs2) throws SaslException {
    return switch (mechanism) {
      case EXTERNAL -> SingleMessage.external(account.toString());
      case ANONYMOUS -> SingleMessage.anonymous();
      default -> beginByPassword(mechanism, gs2);
    };
  }

  private SaslExchange beginByPassword(Mechanism mechanism, Gs2Header gs2) throws SaslException {
    String user = SaslPrep.userName(account.local().orElseThrow());
    char[] prepared = Objects.requireNonNull(password, "password").prepared();
    try {
      return mechanism == Mechanism.PLAIN
          ? SingleMessage.plain(user, prepared)
          : new ScramExchange(mechanism, gs2, user, prepared);
    } finally {
      Arrays.fill(prepared, '\0');
    }
  }
}
