/** Immutable XML: what a stanza is made of, with its canonical text form. */
@NullMarked
package dev.bobbin.xmpp.api.xml;

import org.jspecify.annotations.NullMarked;
