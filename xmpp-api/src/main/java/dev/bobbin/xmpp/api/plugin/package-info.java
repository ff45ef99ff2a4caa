/** The plugin SPI: what a plugin is, how it is found, and what it is given when it is turned on. */
@NullMarked
package dev.bobbin.xmpp.api.plugin;

import org.jspecify.annotations.NullMarked;
