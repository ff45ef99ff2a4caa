package dev.bobbin.xmpp.disco;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiMethod;
import java.util.List;
import java.util.Optional;

/**
 * The internal-API methods of service discovery. Where nothing else is said, a call's JID is the
 * one that was asked, its node the one that was asked about, its {@code from} the peer who asks.
 *
 * <p>What a handler answers is sent as it is, as one stanza. An empty answer is {@code
 * item-not-found} to the peer, a {@link dev.bobbin.xmpp.api.stanza.StanzaErrorException} its own
 * condition, and any other failure {@code internal-server-error}. The defaults say what was added
 * to {@link DiscoPlugin}.
 */
public final class DiscoMethods {
  /** What we, or a node of ours, are; empty when there is no such node. */
  public static final ApiMethod<DiscoQuery, Optional<DiscoInfo>> GET_INFO =
      ApiMethod.of(DiscoPlugin.NAME, "get_info");

  /** What belongs to us, or to a node of ours; empty when there is no such node. */
  public static final ApiMethod<DiscoQuery, Optional<List<DiscoItem>>> GET_ITEMS =
      ApiMethod.of(DiscoPlugin.NAME, "get_items");

  /**
   * What stands behind a node that a plugin announced as another name of ours, as entity
   * capabilities do; empty, as by default, for any other node. A peer who asks about a node is
   * answered by this method first, and by {@link #GET_INFO} where it says nothing: so a handler for
   * a JID, which knows nothing of such nodes, does not take them away. Whoever handles it answers
   * for it that the peer learns nothing which {@link #GET_INFO} without a node would not tell it.
   */
  public static final ApiMethod<DiscoQuery, Optional<DiscoInfo>> GET_ANNOUNCED =
      ApiMethod.of(DiscoPlugin.NAME, "get_announced");

  /**
   * What is known about a peer without asking its {@code disco#info} anew; empty, as by default,
   * when that is nothing. The arguments are the peer's exact JID: what one resource can do says
   * nothing about another. The call's JID is ours, and there is no {@code from}, since we ask.
   */
  public static final ApiMethod<Jid, Optional<DiscoInfo>> KNOWN_INFO =
      ApiMethod.of(DiscoPlugin.NAME, "known_info");

  private DiscoMethods() {}
}
