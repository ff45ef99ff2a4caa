/**
 * An embedded XMPP server that tests and demonstrations run their clients on.
 *
 * <pre>{@code
 * try (LoopbackServer server =
 *     LoopbackServer.builder("example.org")
 *         .account("juliet", "secret1")
 *         .account("romeo", "secret2")
 *         .start()) {
 *   InetSocketAddress address = server.address(); // where the client under test connects to
 *   SSLContext tls = server.clientContext(); // or server.certificate(), its trust anchor
 *   // Log in as juliet@example.org with the password secret1, and send.
 * }
 * }</pre>
 *
 * <p>{@link dev.bobbin.xmpp.testkit.Interceptor} makes the server lose, change or answer stanzas;
 * {@link dev.bobbin.xmpp.testkit.LoopbackServer#disconnectAll()} breaks its connections; {@link
 * dev.bobbin.xmpp.testkit.Handshake} is what a client asked for in TLS, {@link
 * dev.bobbin.xmpp.testkit.Login} how it logged in, {@link dev.bobbin.xmpp.testkit.ClientIdentity} a
 * certificate for one. {@link dev.bobbin.xmpp.testkit.LiteralXml} is for what passes between them,
 * {@link dev.bobbin.xmpp.testkit.ProviderDeclarations} for what {@link java.util.ServiceLoader} has
 * to find.
 */
@NullMarked
package dev.bobbin.xmpp.testkit;

import org.jspecify.annotations.NullMarked;
