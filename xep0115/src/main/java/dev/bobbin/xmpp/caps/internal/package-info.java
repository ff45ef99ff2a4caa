/** How the plugin is found. */
@NullMarked
package dev.bobbin.xmpp.caps.internal;

import org.jspecify.annotations.NullMarked;
