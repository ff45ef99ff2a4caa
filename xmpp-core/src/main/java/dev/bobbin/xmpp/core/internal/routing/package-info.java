/** Who is given what was received. */
@NullMarked
package dev.bobbin.xmpp.core.internal.routing;

import org.jspecify.annotations.NullMarked;
