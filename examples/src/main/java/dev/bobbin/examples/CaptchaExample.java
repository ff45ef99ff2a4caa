package dev.bobbin.examples;

import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Passes CAPTCHAs (<a href="https://xmpp.org/extensions/xep-0158.html">XEP-0158</a>) whose picture
 * is a bit of binary: pushed beside the form in a message, or inside the query of an IQ. Such a
 * picture has a {@code max-age} of zero, and so is nowhere kept: who wants it takes it out of the
 * stanza that it came in.
 *
 * <p>What this does not do: other puzzles than text in a picture; declining a challenge.
 */
final class CaptchaExample {
  private static final String CAPTCHA = "urn:xmpp:captcha";
  private static final String REGISTER = "jabber:iq:register";

  private final XmppClient client;
  private final Function<Bob, CompletableFuture<String>> solver;

  /**
   * Makes the example.
   *
   * @param client is connected
   * @param solver reads the text in a picture; it may ask a person, and so gives a future
   */
  CaptchaExample(XmppClient client, Function<Bob, CompletableFuture<String>> solver) {
    this.client = client;
    this.solver = solver;
  }

  /**
   * Solves the challenge that a message of ours met; to be called for the messages that come.
   *
   * @param sent the message of ours, with an id, by which its challenge is known
   * @param received a message that may be the challenge
   * @return the challenger's word that we passed, or its error; empty at once when what was
   *     received is no challenge to that message
   * @throws IllegalArgumentException when the message of ours has no id
   */
  CompletableFuture<Optional<Iq>> solve(Message sent, Message received) {
    String id =
        sent.id()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The message has no id, so no challenge can be told to be to it; give it"
                            + " one by withId before it is sent"));
    Optional<CaptchaForm> form =
        received
            .element()
            .child("captcha", CAPTCHA)
            .flatMap(CaptchaForm::in)
            .filter(challenge -> isTo(sent, id, challenge, received));
    if (form.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Jid challenger = received.from().orElseThrow();
    return answers(form.get(), received, challenger)
        .thenCompose(
            answers ->
                client.request(
                    Iq.set(
                        challenger,
                        XmlElement.builder("captcha", CAPTCHA)
                            .add(form.get().submit(answers))
                            .build())))
        .thenApply(Optional::of);
  }

  /** Otherwise anybody could have us solve what they are challenged with (section 3.1.3). */
  private static boolean isTo(Message sent, String id, CaptchaForm form, Message received) {
    Jid to = sent.to().orElseThrow();
    boolean fromThere =
        received
            .from()
            .filter(from -> from.bare().equals(to.bare()) || from.equals(Jid.of(to.domain())))
            .isPresent();
    return fromThere
        && form.value("sid").equals(Optional.of(id))
        && form.value("from").equals(Optional.of(to.toString()));
  }

  /**
   * Registers with a service, such as a gateway (<a
   * href="https://xmpp.org/extensions/xep-0077.html">XEP-0077</a>), whose form has a picture.
   *
   * @param service whom to register with
   * @param about what the form asks for beside the text in the picture, by field
   * @return the service's word that we are registered, or its error
   */
  CompletableFuture<Iq> register(Jid service, Map<String, String> about) {
    return client
        .request(Iq.get(service, XmlElement.of("query", REGISTER)))
        .thenCompose(
            offered -> {
              CaptchaForm form =
                  offered
                      .payload()
                      .flatMap(CaptchaForm::in)
                      .orElseThrow(() -> new XmppException(service + " offers no form"));
              return answers(form, offered, service)
                  .thenCompose(
                      read -> {
                        Map<String, String> answers = new LinkedHashMap<>(about);
                        answers.putAll(read);
                        XmlElement.Builder query =
                            XmlElement.builder("query", REGISTER).add(form.submit(answers));
                        return client.request(Iq.set(service, query.build()));
                      });
            });
  }

  /** Takes the picture out of the stanza, or asks for it, and has it read. */
  private CompletableFuture<Map<String, String>> answers(
      CaptchaForm form, Stanza stanza, Jid challenger) {
    BobPlugin bob = client.plugin(BobPlugin.class);
    return bob.take(stanza)
        .thenCompose(
            taken -> {
              ContentId picture = form.picture();
              return taken.stream()
                  .filter(one -> one.cid().equals(picture))
                  .findFirst()
                  .map(CompletableFuture::completedFuture)
                  .orElseGet(() -> bob.fetch(challenger, picture));
            })
        .thenCompose(solver)
        .thenApply(text -> Map.of(CaptchaForm.OCR, text));
  }
}
