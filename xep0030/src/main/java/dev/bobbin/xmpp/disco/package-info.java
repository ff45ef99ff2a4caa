/**
 * Service discovery (<a href="https://xmpp.org/extensions/xep-0030.html">XEP-0030</a>): answers
 * what we are, asks what others are.
 */
@NullMarked
package dev.bobbin.xmpp.disco;

import org.jspecify.annotations.NullMarked;
