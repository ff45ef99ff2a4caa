/**
 * Last Activity (<a href="https://xmpp.org/extensions/xep-0012.html">XEP-0012</a>): how long ago
 * somebody did something.
 */
@NullMarked
package org.example.lastactivity;

import org.jspecify.annotations.NullMarked;
