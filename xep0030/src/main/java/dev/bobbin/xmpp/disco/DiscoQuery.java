package dev.bobbin.xmpp.disco;

import org.jspecify.annotations.Nullable;

/**
 * What a peer wants to know about.
 *
 * @param node a node of the JID that was asked; null for the JID itself
 */
public record DiscoQuery(@Nullable String node) {}
