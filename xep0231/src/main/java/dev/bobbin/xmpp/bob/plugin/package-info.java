/** The plugin itself: hosting, serving, fetching and caching. */
@NullMarked
package dev.bobbin.xmpp.bob.plugin;

import org.jspecify.annotations.NullMarked;
