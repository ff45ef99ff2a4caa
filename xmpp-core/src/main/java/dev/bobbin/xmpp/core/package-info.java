/** The client that an application uses: build it, connect it, reach its plugins. */
@NullMarked
package dev.bobbin.xmpp.core;

import org.jspecify.annotations.NullMarked;
