package dev.bobbin.xmpp.core.internal.sasl;

import org.jspecify.annotations.Nullable;

/** The mechanism to authenticate by, with what it needs. Immutable. */
public final class ChosenMechanism {
  private final Credentials credentials;
  private final Mechanism mechanism;
  private final Gs2Header gs2;

  ChosenMechanism(Credentials credentials, Mechanism mechanism, Gs2Header gs2) {
    this.credentials = credentials;
    this.mechanism = mechanism;
    this.gs2 = gs2;
  }

  /**
   * The registered name.
   *
   * @return such as {@code SCRAM-SHA-256-PLUS}
   */
  public String name() {
    return mechanism.saslName();
  }

  Gs2Header gs2() {
    return gs2;
  }

  /**
   * Begins to authenticate. Blocks as long as whoever knows the password does.
   *
   * @return the exchange, which the caller closes
   * @throws SaslException when name or password cannot be had or prepared
   */
  public SaslExchange begin() throws SaslException {
    try {
      return new GuardedExchange(credentials.begin(mechanism, gs2));
    } catch (RuntimeException e) {
      throw SaslException.unexpected(e);
    }
  }

  /**
   * What to do when the server does not take our proof.
   *
   * @return a sentence without its full stop
   */
  public String adviceOnRefusal() {
    String advice = credentials.proof().adviceOnRefusal();
    @Nullable ChannelBinding binding = gs2.binding();
    return binding == null
        ? advice
        : advice
            + "; if they are right, the channel binding "
            + binding
            + " differs: somebody may stand between client and server, or the server cannot make"
            + " it";
  }
}
