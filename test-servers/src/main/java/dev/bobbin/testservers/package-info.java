/**
 * Real servers of XMPP, and of Redis, that tests start and end, and what to do where one is not
 * installed.
 */
@NullMarked
package dev.bobbin.testservers;

import org.jspecify.annotations.NullMarked;
