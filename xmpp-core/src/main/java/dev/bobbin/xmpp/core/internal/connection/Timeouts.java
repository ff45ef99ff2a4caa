package dev.bobbin.xmpp.core.internal.connection;

import java.time.Duration;

/**
 * How long a connection waits for what.
 *
 * @param connect for one address to accept a connection
 * @param step for one step of logging in
 * @param login for all of logging in
 * @param request for the answer to a request
 * @param stall for one write to the network
 */
public record Timeouts(
    Duration connect, Duration step, Duration login, Duration request, Duration stall) {}
