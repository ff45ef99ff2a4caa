/**
 * Bits of Binary (<a href="https://xmpp.org/extensions/xep-0231.html">XEP-0231</a>): small data
 * that is referred to by its content-id, hosted, fetched and cached.
 */
@NullMarked
package dev.bobbin.xmpp.bob;

import org.jspecify.annotations.NullMarked;
