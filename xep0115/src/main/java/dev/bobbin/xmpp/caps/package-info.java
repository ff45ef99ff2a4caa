/**
 * Entity capabilities (<a href="https://xmpp.org/extensions/xep-0115.html">XEP-0115</a>): presence
 * carries a hash of what its sender can do, so that nobody has to be asked twice.
 */
@NullMarked
package dev.bobbin.xmpp.caps;

import org.jspecify.annotations.NullMarked;
