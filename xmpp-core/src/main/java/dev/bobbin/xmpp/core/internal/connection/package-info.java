/** One connection: logging in, then reading, sending, and matching answers to requests. */
@NullMarked
package dev.bobbin.xmpp.core.internal.connection;

import org.jspecify.annotations.NullMarked;
