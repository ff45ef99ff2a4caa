/** Moving items from one store to another, while both are in use. */
@NullMarked
package dev.bobbin.xmpp.bob.copy;

import org.jspecify.annotations.NullMarked;
