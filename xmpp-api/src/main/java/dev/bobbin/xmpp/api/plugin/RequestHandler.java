package dev.bobbin.xmpp.api.plugin;

import dev.bobbin.xmpp.api.stanza.Iq;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Answers the requests of one payload. Runs on several threads at once. */
@FunctionalInterface
public interface RequestHandler {
  /**
   * Answers one request.
   *
   * @param request an IQ of type get or set with exactly one payload
   * @return the answer, made by {@link Iq#result()} or {@link Iq#error}; failing with a {@link
   *     dev.bobbin.xmpp.api.stanza.StanzaErrorException} answers with that error, failing with
   *     anything else with {@code internal-server-error}
   * @throws Exception as if the stage had failed with it
   */
  CompletionStage<Iq> handle(Iq request) throws Exception;

  /**
   * Whether {@link #handle} may run on the thread that reads the connection.
   *
   * @return false unless the handler promises not to block
   */
  default boolean isDirect() {
    return false;
  }

  /**
   * Declares that a handler never blocks: no I/O, no waiting.
   *
   * @param handler the handler
   * @return the same handler, run on the thread that reads the connection
   */
  static RequestHandler direct(RequestHandler handler) {
    Objects.requireNonNull(handler, "handler");
    DirectRequestHandler direct = handler::handle;
    return direct;
  }
}

/** A request handler that made the promise. */
@FunctionalInterface
interface DirectRequestHandler extends RequestHandler {
  @Override
  default boolean isDirect() {
    return true;
  }
}
