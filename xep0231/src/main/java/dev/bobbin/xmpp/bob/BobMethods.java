package dev.bobbin.xmpp.bob;

import dev.bobbin.xmpp.api.registry.ApiMethod;
import java.util.Optional;

/**
 * The internal-API methods of Bits of Binary: where bits of binary are kept, who may fetch them,
 * and what is taken from others.
 *
 * <table>
 *   <caption>What a call is about</caption>
 *   <tr><th>flow</th><th>{@code jid}</th><th>{@code from}</th></tr>
 *   <tr><td>the application sets, gets or deletes; a look-up before fetching</td>
 *       <td>our full JID, bare before a resource is bound</td><td>absent</td></tr>
 *   <tr><td>a peer asks for what we host: may it, and what is it?</td>
 *       <td>the JID that was asked</td><td>the peer</td></tr>
 *   <tr><td>data was received: may it be taken? then it is kept</td>
 *      <td>the JID that it was sent to</td><td>the sender</td></tr>
 * </table>
 *
 * <p>There is never a node.
 */
public final class BobMethods {
  /** The plugin that owns these methods. */
  public static final String PLUGIN = "xep_0231";

  /** Keeps an item under its key, and gives the key back. */
  public static final ApiMethod<StoredBob, BobKey> SET_BOB = ApiMethod.of(PLUGIN, "set_bob");

  /** Gives the item of a key; empty when there is none. */
  public static final ApiMethod<BobKey, Optional<StoredBob>> GET_BOB =
      ApiMethod.of(PLUGIN, "get_bob");

  /** Removes the item of a key, and tells whether there was one. */
  public static final ApiMethod<BobKey, Boolean> DEL_BOB = ApiMethod.of(PLUGIN, "del_bob");

  /**
   * Whether a peer may fetch a content-id from one of our JIDs. By default anyone may fetch
   * anything. A peer that may not is told {@code item-not-found}, as if there were no such item. A
   * handler that fails, or gives null, lets nobody in: the peer is told {@code
   * internal-server-error}.
   */
  public static final ApiMethod<ContentId, Boolean> MAY_FETCH = ApiMethod.of(PLUGIN, "may_fetch");

  /**
   * Whether received data may be taken (<a
   * href="https://xmpp.org/extensions/xep-0231.html#security">XEP-0231 section 4</a>); asked before
   * the data is decoded. By default all of it is. A handler may ask a person: up to 256 pushed
   * items wait for its word, and further ones are rejected; a fetch waits as long as it takes. One
   * that fails, or gives null, has not said yes.
   */
  public static final ApiMethod<BobOffer, Boolean> MAY_TAKE = ApiMethod.of(PLUGIN, "may_take");

  private BobMethods() {}
}
