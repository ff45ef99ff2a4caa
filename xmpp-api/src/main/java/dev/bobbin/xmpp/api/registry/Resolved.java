package dev.bobbin.xmpp.api.registry;

import java.util.Objects;
import java.util.Optional;

/**
 * One line of {@link ApiRegistry#explain}: a handler that a call would reach.
 *
 * @param level 1 (full JID and node) to 7 (default)
 * @param scope what it was registered for; empty for the default
 * @param registeredBy the plugin or the class and line that registered it
 * @param restoresDefault true where {@link ApiRegistry#restoreDefault} stacked the default there,
 *     so that the next line is the default
 */
public record Resolved(
    int level, Optional<ApiScope> scope, String registeredBy, boolean restoresDefault) {
  /**
   * Checks that nothing is null.
   *
   * @param level 1 to 7
   * @param scope what it was registered for; empty for the default
   * @param registeredBy who registered it
   * @param restoresDefault whether it stands for the default
   */
  public Resolved {
    Objects.requireNonNull(scope, "scope");
    Objects.requireNonNull(registeredBy, "registeredBy");
  }
}
