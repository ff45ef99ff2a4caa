/** The three stanzas of RFC 6120 section 8, their error element, and its exception. */
@NullMarked
package dev.bobbin.xmpp.api.stanza;

import org.jspecify.annotations.NullMarked;
