/** What a storage backend implements, and how it is found. */
@NullMarked
package dev.bobbin.xmpp.bob.spi;

import org.jspecify.annotations.NullMarked;
