/**
 * The implementation of {@link dev.bobbin.xmpp.api.registry}: start at {@link
 * dev.bobbin.xmpp.core.internal.registry.HandlerRegistry}.
 */
@NullMarked
package dev.bobbin.xmpp.core.internal.registry;

import org.jspecify.annotations.NullMarked;
