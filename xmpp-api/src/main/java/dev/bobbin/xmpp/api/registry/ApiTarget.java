package dev.bobbin.xmpp.api.registry;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.api.jid.Jid;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call is about, which decides who serves it, and on whose behalf it is made, which does
 * not.
 *
 * <p>Immutable; each {@code with} method gives a copy.
 */
public final class ApiTarget {
  private static final ApiTarget NONE = new ApiTarget(null, null, null);

  private final @Nullable Jid jid;
  private final @Nullable String node;
  private final @Nullable Jid from;

  private ApiTarget(@Nullable Jid jid, @Nullable String node, @Nullable Jid from) {
    this.jid = jid;
    this.node = node == null ? null : Nodes.require(node);
    this.from = from;
  }

  /**
   * About nothing in particular, for the application itself.
   *
   * @return a target that only handlers for everything and defaults serve
   */
  public static ApiTarget none() {
    return NONE;
  }

  /**
   * About one JID, for the application itself.
   *
   * @param jid one of our own JIDs, full or bare
   * @return the target
   */
  public static ApiTarget of(Jid jid) {
    return new ApiTarget(Objects.requireNonNull(jid, "jid"), null, null);
  }

  /**
   * The same target about one node.
   *
   * @param newNode the node, not empty
   * @return a copy
   */
  public ApiTarget withNode(String newNode) {
    return new ApiTarget(jid, Objects.requireNonNull(newNode, "newNode"), from);
  }

  /**
   * The same target on behalf of a peer.
   *
   * @param newFrom the peer's JID
   * @return a copy
   */
  public ApiTarget withFrom(Jid newFrom) {
    return new ApiTarget(jid, node, Objects.requireNonNull(newFrom, "newFrom"));
  }

  /**
   * The JID that the call is about, always one of ours.
   *
   * @return the JID; empty for none in particular
   */
  public Optional<Jid> jid() {
    return Optional.ofNullable(jid);
  }

  /**
   * The node that the call is about.
   *
   * @return the node; empty for none
   */
  public Optional<String> node() {
    return Optional.ofNullable(node);
  }

  /**
   * The peer on whose behalf the call is made.
   *
   * @return the peer's JID; empty when the application itself calls
   */
  public Optional<Jid> from() {
    return Optional.ofNullable(from);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ApiTarget that
        && Objects.equals(jid, that.jid)
        && Objects.equals(node, that.node)
        && Objects.equals(from, that.from);
  }

  @Override
  public int hashCode() {
    return Objects.hash(jid, node, from);
  }

  /**
   * The three parts; the node, which a peer may have chosen, cut and cleaned.
   *
   * @return a text for messages and logs
   */
  @Override
  public String toString() {
    String shown = node == null ? "null" : Quoted.of(node);
    return "jid " + jid + ", node " + shown + ", from " + from;
  }
}
