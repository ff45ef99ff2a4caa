/**
 * The contract of {@link dev.bobbin.xmpp.bob.spi.BobStore} as tests: extend {@link
 * dev.bobbin.xmpp.bob.testkit.BobStoreContract} in the tests of a store.
 */
@NullMarked
package dev.bobbin.xmpp.bob.testkit;

import org.jspecify.annotations.NullMarked;
