/** An embedded XMPP server that tests and demonstrations run their clients on. */
@NullMarked
package dev.bobbin.xmpp.testkit;

import org.jspecify.annotations.NullMarked;
