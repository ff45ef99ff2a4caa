package dev.bobbin.xmpp.core.internal.sasl;

import dev.bobbin.xmpp.api.jid.Jid;

/**
 * Who logs in, and by what.
 *
 * @param account a bare JID
 * @param password its password
 */
public record Credentials(Jid account, Password password) {}
