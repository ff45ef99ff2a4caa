package dev.bobbin.xmpp.testkit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How clients may authenticate.
 *
 * @param mechanisms what is offered, in this order, where the connection allows it
 * @param bindings the channel bindings that are taken
 * @param listed the channel bindings that are listed, none for no list at all; null to list those
 *     that are taken
 */
record SaslSettings(
    List<SaslMechanism> mechanisms,
    List<ChannelBindingType> bindings,
    @Nullable List<String> listed) {
  static final SaslSettings DEFAULT =
      new SaslSettings(SaslMechanism.DEFAULT, List.of(ChannelBindingType.values()), null);

  SaslSettings withMechanisms(List<SaslMechanism> others) {
    return new SaslSettings(others, bindings, listed);
  }

  SaslSettings withBindings(List<ChannelBindingType> others) {
    return new SaslSettings(mechanisms, others, listed);
  }

  SaslSettings withListed(List<String> others) {
    return new SaslSettings(mechanisms, bindings, others);
  }
}
