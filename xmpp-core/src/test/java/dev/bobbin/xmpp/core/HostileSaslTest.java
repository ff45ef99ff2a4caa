package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Servers that authenticate badly. Each time: the message word for word, whether the client told
 * the server that it gives up, and that no proof left it, nor the password in any shape, but where
 * the script had earned it.
 */
@Timeout(60)
class HostileSaslTest {
  private static final String GIVEN_UP = "Authentication was given up: ";
  private static final String ANCHOR = " (docs/errors.md#authentication-given-up)";
  private static final String MALFORMED = "the server's first SCRAM message is malformed";
  private static final String WRONG =
      "the server's SCRAM signature is wrong: it may be an impostor";
  private static final String ABORT = "<abort xmlns='" + Peer.SASL + "'/>";
  private static final String SALT = ServerScram.SALT;

  private static XmppRuntime runtime;

  @BeforeAll
  static void open() {
    runtime = XmppRuntime.create();
  }

  @AfterAll
  static void close() {
    runtime.close();
  }

  /** What the server does; {@code aborts} where the client has to say that it gives up. */
  private record Case(String name, Reason reason, String message, boolean aborts, Script script) {
    @Override
    public String toString() {
      return name;
    }
  }

  @FunctionalInterface
  private interface Script {
    void run(SaslDialogue dialogue) throws Exception;
  }

  private static Case givenUp(String name, String why, boolean aborts, Script script) {
    return new Case(name, Reason.AUTHENTICATION, GIVEN_UP + why + ANCHOR, aborts, script);
  }

  /** A first message of the server's, in which N stands for the client's nonce. */
  private static Case first(String name, String serverFirst, String why) {
    return givenUp(
        name,
        why,
        true,
        dialogue -> {
          ServerScram scram = begun(dialogue);
          String nonce = scram.begin(SaslDialogue.content(dialogue.auth()));
          dialogue.say("challenge", ServerScram.encode(serverFirst.replace("N", nonce)));
        });
  }

  private static Case iterations(String count) {
    return first(
        count + " iterations",
        "r=Nx,s=" + SALT + ",i=" + count,
        "the server asks for " + count + " SCRAM iterations; from 4096 to 1000000 are accepted");
  }

  private static Case malformed(String name, String serverFirst) {
    return first(name, serverFirst, MALFORMED);
  }

  static Stream<Case> firstMessages() {
    String nonce = "the server's SCRAM nonce does not continue ours";
    return Stream.of(
        iterations("1"),
        iterations("4095"),
        iterations("1000001"),
        iterations("2147483647"),
        iterations("9223372036854775808"),
        malformed("0 iterations", "r=Nx,s=" + SALT + ",i=0"),
        malformed("negative iterations", "r=Nx,s=" + SALT + ",i=-4096"),
        malformed("leading zero", "r=Nx,s=" + SALT + ",i=04096"),
        malformed("plus sign", "r=Nx,s=" + SALT + ",i=+4096"),
        malformed("Arabic digits", "r=Nx,s=" + SALT + ",i=\u0664\u0660\u0669\u0666"),
        malformed("full-width digits", "r=Nx,s=" + SALT + ",i=\uFF14\uFF10\uFF19\uFF16"),
        first("foreign nonce", "r=foreign,s=" + SALT + ",i=4096", nonce),
        first("nonce before ours", "r=xN,s=" + SALT + ",i=4096", nonce),
        first("our nonce alone", "r=N,s=" + SALT + ",i=4096", nonce),
        malformed("no salt", "r=Nx,i=4096"),
        malformed("empty salt", "r=Nx,s=,i=4096"),
        malformed("salt not Base64", "r=Nx,s=!!!!,i=4096"),
        first(
            "salt not padded",
            "r=Nx,s=QSXCR+Q6sek8bf9,i=4096",
            "the server's SCRAM salt is not Base64"),
        malformed("another order", "s=" + SALT + ",r=Nx,i=4096"),
        malformed("nonce twice", "r=Nx,r=Nx,s=" + SALT + ",i=4096"),
        malformed("count twice", "r=Nx,s=" + SALT + ",i=4096,i=4096"),
        malformed("must understand first", "m=x,r=Nx,s=" + SALT + ",i=4096"),
        malformed("must understand last", "r=Nx,s=" + SALT + ",i=4096,m=x"),
        malformed("a signature at once", "v=AAAA"),
        malformed("NUL", "r=Nx,s=" + SALT + ",i=4096,x=\0"),
        first(
            "an error at once",
            "e=unknown-user\u202E",
            "the server refused the SCRAM exchange with 'unknown-user\uFFFD'"));
  }

  private static Case afterAuth(String name, String why, boolean aborts, String xml) {
    return givenUp(
        name,
        why,
        aborts,
        dialogue -> {
          begun(dialogue);
          dialogue.auth();
          dialogue.send(xml);
        });
  }

  private static String element(String name, String text) {
    return "<" + name + " xmlns='" + Peer.SASL + "'>" + text + "</" + name + ">";
  }

  static Stream<Case> insteadOfAChallenge() {
    String impostor =
        "the server reported success without asking for a proof: it may be an impostor";
    String base64 = "the server's challenge is not Base64";
    return Stream.of(
        afterAuth("success at once", impostor, false, element("success", "")),
        afterAuth("empty success at once", impostor, false, element("success", "=")),
        afterAuth("signed success at once", impostor, false, element("success", "dj1BQUFB")),
        afterAuth(
            "success that is not Base64",
            "the server's success is not Base64",
            false,
            element("success", "?")),
        afterAuth("empty challenge", MALFORMED, true, element("challenge", "")),
        afterAuth("empty challenge, marked", MALFORMED, true, element("challenge", "=")),
        afterAuth("challenge of text", base64, true, element("challenge", "hello?")),
        afterAuth("line break in Base64", base64, true, element("challenge", "cj1O\nZQ==")),
        afterAuth("space in Base64", base64, true, element("challenge", " cj1OZQ==")),
        afterAuth("no padding", base64, true, element("challenge", "cj1OZQ")),
        afterAuth("URL alphabet", base64, true, element("challenge", "cj1O_-==")),
        afterAuth(
            "a long challenge",
            "the server's SCRAM message is longer than 4096 bytes",
            true,
            element("challenge", "A".repeat(5464))),
        refused(
            "a huge challenge",
            Reason.PROTOCOL,
            "The server broke the rules of the stream: an element has more than 8192 bytes",
            "<challenge xmlns='" + Peer.SASL + "'>" + "A".repeat(8200)),
        refused(
            "a challenge in another namespace",
            Reason.PROTOCOL,
            "The server answered <challenge/> during authentication",
            "<challenge xmlns='urn:x'>cj1O</challenge>"),
        refused(
            "success in another namespace",
            Reason.PROTOCOL,
            "The server answered <success/> during authentication",
            "<success xmlns='urn:x'/>"),
        refused(
            "a response of the server's",
            Reason.PROTOCOL,
            "The server answered <response/> during authentication",
            element("response", "cj1O")),
        refused(
            "failure without condition",
            Reason.AUTHENTICATION,
            "The server refused to log in juliet@example.org: no condition"
                + " (docs/errors.md#login-refused)",
            element("failure", "")),
        refused(
            "failure with two conditions",
            Reason.ACCOUNT_DISABLED,
            "The server refused to log in juliet@example.org: account-disabled"
                + " (docs/errors.md#login-refused)",
            element("failure", "<account-disabled/><not-authorized/>")),
        refused(
            "failure with a condition of another namespace",
            Reason.WRONG_CREDENTIALS,
            "The server refused to log in juliet@example.org: not-authorized. Check user name and"
                + " password (docs/errors.md#login-refused)",
            element("failure", "<account-disabled xmlns='urn:x'/><not-authorized/>")),
        refused(
            "failure with hostile text",
            Reason.AUTHENTICATION,
            "The server refused to log in juliet@example.org: aborted ('"
                + "a\uFFFDb"
                + "x".repeat(197)
                + "...') (docs/errors.md#login-refused)",
            element(
                "failure", "<aborted/><text xml:lang='en'>a\nb" + "x".repeat(400) + "</text>")));
  }

  private static Case refused(String name, Reason reason, String message, String xml) {
    return new Case(
        name,
        reason,
        message,
        false,
        dialogue -> {
          begun(dialogue);
          dialogue.auth();
          dialogue.send(xml);
        });
  }

  @FunctionalInterface
  private interface Ending {
    void run(SaslDialogue dialogue, String signature) throws Exception;
  }

  private static Case afterProof(String name, String why, boolean aborts, Ending ending) {
    return givenUp(
        name,
        why,
        aborts,
        dialogue -> {
          ServerScram scram = begun(dialogue);
          dialogue.say("challenge", scram.challenge(SaslDialogue.content(dialogue.auth())));
          ending.run(dialogue, scram.success(SaslDialogue.content(dialogue.response())));
        });
  }

  private static Case success(String name, String why, String message) {
    return afterProof(
        name,
        why,
        false,
        (dialogue, signature) ->
            dialogue.say(
                "success",
                message
                    .replace("SIGNATURE", ServerScram.decode(signature))
                    .transform(ServerScram::encode)));
  }

  static Stream<Case> afterTheProof() {
    return Stream.of(
        afterProof("no signature", WRONG, false, (d, s) -> d.say("success", "")),
        afterProof("empty data", WRONG, false, (d, s) -> d.say("success", "=")),
        success("wrong signature", WRONG, "v=AAAA"),
        success("signature cut", "the server's SCRAM signature is not Base64", "v=6rriTRBi23WpRR"),
        success("signature not first", WRONG, "x=y,SIGNATURE"),
        success("signature twice", WRONG, "SIGNATURE,SIGNATURE"),
        success(
            "an error in success",
            "the server refused the SCRAM exchange with 'other-error'",
            "e=other-error"),
        afterProof(
            "another first message",
            WRONG,
            true,
            (d, s) -> d.say("challenge", ServerScram.encode("r=x,s=" + SALT + ",i=4096"))),
        afterProof(
            "empty challenge after the proof", WRONG, true, (d, s) -> d.say("challenge", "")),
        afterProof(
            "a challenge after the signature",
            "the server sent a challenge after its SCRAM signature",
            true,
            (d, s) -> {
              d.say("challenge", s);
              assertThat(d.response()).isEqualTo(element("response", ""));
              d.say("challenge", s);
            }),
        afterProof(
            "the signature twice",
            "the server sent more data after its SCRAM signature",
            false,
            (d, s) -> {
              d.say("challenge", s);
              d.response();
              d.say("success", s);
            }));
  }

  private static Case offered(String name, Reason reason, String message, String features) {
    return new Case(name, reason, message, false, dialogue -> dialogue.offer(features));
  }

  private static Case nothingInCommon(String name, String offered, String why, String features) {
    return offered(
        name,
        Reason.NO_COMMON_MECHANISM,
        "The server offers the SASL mechanisms "
            + offered
            + "; this client uses [SCRAM-SHA-512-PLUS, SCRAM-SHA-512, SCRAM-SHA-256-PLUS,"
            + " SCRAM-SHA-256, SCRAM-SHA-1-PLUS, SCRAM-SHA-1]"
            + why
            + " (docs/errors.md#no-common-mechanism)",
        features);
  }

  static Stream<Case> offers() {
    String[] many = new String[240];
    Arrays.fill(many, "SCRAM-SHA-1");
    return Stream.of(
        nothingInCommon("no list", "[]", "", ""),
        nothingInCommon("empty list", "[]", "", SaslDialogue.mechanisms()),
        nothingInCommon(
            "lower case and blanks",
            "[scram-sha-256,  SCRAM-SHA-256 , SCRAM SHA-1]",
            "",
            SaslDialogue.mechanisms("scram-sha-256", " SCRAM-SHA-256 ", "SCRAM SHA-1")),
        nothingInCommon(
            "hostile names",
            "[a\uFFFDb, " + "X".repeat(40) + "..., " + "\uFFFD]",
            "",
            SaslDialogue.mechanisms("a\u202Eb", "X".repeat(500), "\n")),
        nothingInCommon(
            "only bound, with no list of types",
            "[SCRAM-SHA-256-PLUS]",
            ". SCRAM-SHA-256-PLUS needs a type of channel binding, and the server lists none"
                + " (XEP-0440)",
            SaslDialogue.mechanisms("SCRAM-SHA-256-PLUS")),
        nothingInCommon(
            "only PLAIN",
            "[PLAIN]",
            ". PLAIN is used only when mechanisms(\"PLAIN\") names it",
            SaslDialogue.mechanisms("PLAIN")),
        offered(
            "the same 240 times",
            Reason.PROTOCOL,
            "The server broke the rules of the stream: an element has more than 8192 bytes",
            SaslDialogue.mechanisms(many)));
  }

  private static ServerScram begun(SaslDialogue dialogue) throws Exception {
    dialogue.offer(SaslDialogue.mechanisms("SCRAM-SHA-256"));
    return new ServerScram("SCRAM-SHA-256", "r0m30");
  }

  @ParameterizedTest
  @MethodSource({"firstMessages", "insteadOfAChallenge", "offers"})
  void connect_beforeTheProof_saysWhyAndProvesNothing(Case hostile) throws Exception {
    String said = connect(hostile);

    assertThat(said).doesNotContain("<response");
  }

  @ParameterizedTest
  @MethodSource("afterTheProof")
  void connect_afterTheProof_saysWhy(Case hostile) throws Exception {
    String said = connect(hostile);

    assertThat(said).containsOnlyOnce(Base64.getEncoder().encodeToString("c=eSws".getBytes()));
  }

  /** Runs a script, checks what was reported, and gives what the client said. */
  private static String connect(Case hostile) throws Exception {
    CompletableFuture<String> said = new CompletableFuture<>();
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  SaslDialogue dialogue = new SaslDialogue(peer);
                  hostile.script.run(dialogue);
                  dialogue.finish();
                  said.complete(dialogue.said());
                });
        XmppClient client = server.client().runtime(runtime).build()) {
      ConnectionException failure = ConnectFailureTest.failureOf(client);
      server.finish();

      assertThat(failure).hasMessage(hostile.message);
      assertThat(failure.reason()).isEqualTo(hostile.reason);
      assertThat(trace(failure)).doesNotContain("r0m30");
    }
    String all = said.get(20, TimeUnit.SECONDS);
    assertThat(all.endsWith(ABORT + "</stream:stream>"))
        .as("it says that it gives up")
        .isEqualTo(hostile.aborts);
    assertThat(decoded(all)).doesNotContain("r0m30");
    return all;
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /** What was said, with the text of each element decoded as well. */
  private static String decoded(String said) {
    return said
        + Pattern.compile(">([A-Za-z0-9+/]+=*)<")
            .matcher(said)
            .results()
            .map((MatchResult text) -> ServerScram.decode(text.group(1)))
            .toList();
  }
}
