/** How the plugin is found. */
@NullMarked
package dev.bobbin.xmpp.bob.internal;

import org.jspecify.annotations.NullMarked;
