package dev.bobbin.xmpp.api;

import java.util.Objects;
import java.util.Optional;

/**
 * A client's connection went from one state to another.
 *
 * @param from the state that was left
 * @param to the state that was entered, another one or {@link ConnectionState#CONNECTING} again,
 *     when the next of several servers is tried
 * @param reason why, in a sentence for people; what is the server's in it is quoted and cut
 * @param failure what went wrong, if only with a server after which another is tried; empty when
 *     nothing did, such as when the client was closed in good order
 */
public record StateChange(
    ConnectionState from,
    ConnectionState to,
    String reason,
    Optional<ConnectionException> failure) {
  /**
   * Checks that nothing is null.
   *
   * @param from the state that was left
   * @param to the state that was entered
   * @param reason why
   * @param failure what went wrong
   */
  public StateChange {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(failure, "failure");
  }
}
