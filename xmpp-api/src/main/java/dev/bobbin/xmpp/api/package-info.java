/** What every other package may throw: the root of Bobbin's exceptions. */
@NullMarked
package dev.bobbin.xmpp.api;

import org.jspecify.annotations.NullMarked;
