package dev.bobbin.xmpp.api.registry;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.api.jid.Jid;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * For which calls a handler is registered: all of them, one node, one JID, or one JID and node.
 *
 * <p>A scope with a bare JID covers calls about each of its resources too; a scope with a full JID
 * covers only that resource. Immutable; equal when JID and node are.
 */
public final class ApiScope {
  private final @Nullable Jid jid;
  private final @Nullable String node;

  private ApiScope(@Nullable Jid jid, @Nullable String node) {
    this.jid = jid;
    this.node = node == null ? null : Nodes.require(node);
  }

  /**
   * All calls.
   *
   * @return the widest scope
   */
  public static ApiScope everywhere() {
    return new ApiScope(null, null);
  }

  /**
   * Calls about one node of any JID.
   *
   * @param node the node, not empty
   * @return the scope
   */
  public static ApiScope node(String node) {
    return new ApiScope(null, Objects.requireNonNull(node, "node"));
  }

  /**
   * Calls about one JID, any node or none.
   *
   * @param jid the JID, bare or full
   * @return the scope
   */
  public static ApiScope jid(Jid jid) {
    return new ApiScope(Objects.requireNonNull(jid, "jid"), null);
  }

  /**
   * Calls about one node of one JID.
   *
   * @param jid the JID, bare or full
   * @param node the node, not empty
   * @return the scope
   */
  public static ApiScope jid(Jid jid, String node) {
    return new ApiScope(Objects.requireNonNull(jid, "jid"), Objects.requireNonNull(node, "node"));
  }

  /**
   * The JID that calls must be about.
   *
   * @return the JID; empty for any
   */
  public Optional<Jid> jid() {
    return Optional.ofNullable(jid);
  }

  /**
   * The node that calls must be about.
   *
   * @return the node; empty for any
   */
  public Optional<String> node() {
    return Optional.ofNullable(node);
  }

  /**
   * How specific the scope is: the level of the registry's table.
   *
   * @return 1 (full JID and node) to 6 (everywhere)
   */
  public int level() {
    if (jid == null) {
      return node == null ? 6 : 5;
    }
    if (node == null) {
      return jid.isFull() ? 3 : 4;
    }
    return jid.isFull() ? 1 : 2;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ApiScope that
        && Objects.equals(jid, that.jid)
        && Objects.equals(node, that.node);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hashCode(jid) + Objects.hashCode(node);
  }

  /**
   * What it covers, such as {@code a@b/c node 'n'}; the node cut and cleaned.
   *
   * @return a text for messages and logs
   */
  @Override
  public String toString() {
    if (node == null) {
      return jid == null ? "everywhere" : jid.toString();
    }
    String shown = "node '" + Quoted.of(node) + "'";
    return jid == null ? shown : jid + " " + shown;
  }
}
