/** From a domain to a connected socket, and from there to TLS. */
@NullMarked
package dev.bobbin.xmpp.core.internal.dial;

import org.jspecify.annotations.NullMarked;
