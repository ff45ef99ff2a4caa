package dev.bobbin.xmpp.core.internal.sasl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The strongest mechanism that both sides speak, whatever order the server lists them in. Safe for
 * use by several threads.
 *
 * <p>Channel binding is used when the server lists a type that we can make. Otherwise the header of
 * SCRAM tells the server whether we saw it offer any (RFC 5802 section 6): had somebody taken the
 * offer away, a server that binds would know.
 */
public final class MechanismChoice {
  private final Credentials credentials;
  private final SaslOffer offer;
  private final List<ChannelBinding> ours;
  private final @Nullable ChannelBinding common;

  /**
   * Compares both sides.
   *
   * @param credentials who logs in, and by which mechanisms
   * @param offer what the server offers
   * @param ours the channel bindings that we can make, the best first
   */
  public MechanismChoice(Credentials credentials, SaslOffer offer, List<ChannelBinding> ours) {
    this.credentials = credentials;
    this.offer = offer;
    this.ours = ours;
    this.common =
        ours.stream()
            .filter(binding -> offer.bindings().contains(binding.type()))
            .findFirst()
            .orElse(null);
  }

  /**
   * Chooses.
   *
   * @return the mechanism; empty when there is none in common
   */
  public Optional<ChosenMechanism> best() {
    return credentials.mechanisms().stream() // the strongest first
        .filter(mechanism -> offer.mechanisms().contains(mechanism.saslName()))
        .filter(mechanism -> common != null || !mechanism.bindsChannel())
        .findFirst()
        .map(mechanism -> new ChosenMechanism(credentials, mechanism, gs2(mechanism)));
  }

  private Gs2Header gs2(Mechanism mechanism) {
    if (mechanism.bindsChannel() && common != null) {
      return Gs2Header.binding(common);
    }
    boolean weBind =
        !ours.isEmpty() && credentials.mechanisms().stream().anyMatch(Mechanism::bindsChannel);
    boolean serverBinds = offer.mechanisms().stream().anyMatch(Mechanism::isPlus);
    return weBind && !serverBinds ? Gs2Header.SERVER_CANNOT : Gs2Header.NOT_BINDING;
  }

  /**
   * Why offered mechanisms that we know were not taken.
   *
   * @return one sentence each
   */
  public List<String> leftOut() {
    List<String> reasons = new ArrayList<>();
    for (Mechanism mechanism : Mechanism.values()) {
      if (offer.mechanisms().contains(mechanism.saslName())) {
        reasons.add(mechanism.saslName() + " " + whyNot(mechanism));
      }
    }
    return reasons;
  }

  private String whyNot(Mechanism mechanism) {
    if (mechanism.proof() != credentials.proof()) {
      return "is for " + mechanism.proof().beginning();
    }
    if (!credentials.mechanisms().contains(mechanism)) {
      return credentials.areNamed()
          ? "is not among those that mechanisms(...) names"
          : "is used only when mechanisms(\"" + mechanism.saslName() + "\") names it";
    }
    return offer.bindings().isEmpty()
        ? "needs a type of channel binding, and the server lists none (XEP-0440)"
        : "needs a type of channel binding that both sides know; this client can make " + ours;
  }
}
