/** Finding plugins, and turning them on and off. */
@NullMarked
package dev.bobbin.xmpp.core.internal.plugin;

import org.jspecify.annotations.NullMarked;
