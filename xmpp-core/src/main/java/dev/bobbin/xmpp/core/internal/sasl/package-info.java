/** Authentication by SASL (RFC 6120 section 6). */
@NullMarked
package dev.bobbin.xmpp.core.internal.sasl;

import org.jspecify.annotations.NullMarked;
