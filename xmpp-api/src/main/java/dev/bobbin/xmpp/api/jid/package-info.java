/** Addresses: {@link dev.bobbin.xmpp.api.jid.Jid} and how its parts are prepared. */
@NullMarked
package dev.bobbin.xmpp.api.jid;

import org.jspecify.annotations.NullMarked;
