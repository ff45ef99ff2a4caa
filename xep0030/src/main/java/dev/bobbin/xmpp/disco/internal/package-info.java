/** How the plugin is found. */
@NullMarked
package dev.bobbin.xmpp.disco.internal;

import org.jspecify.annotations.NullMarked;
