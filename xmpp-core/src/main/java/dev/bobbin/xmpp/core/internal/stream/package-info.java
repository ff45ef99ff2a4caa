/** The bytes of a stream turned into events, bounded and checked. */
@NullMarked
package dev.bobbin.xmpp.core.internal.stream;

import org.jspecify.annotations.NullMarked;
