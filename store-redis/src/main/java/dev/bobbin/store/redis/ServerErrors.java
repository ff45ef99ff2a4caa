package dev.bobbin.store.redis;

import dev.bobbin.xmpp.bob.spi.StoreFullException;
import io.lettuce.core.RedisCommandExecutionException;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is said of an error that Redis has answered with.
 *
 * <p>Only its first word is shown, such as {@code WRONGPASS}: the rest may repeat what was sent,
 * and so hold a password or an item. Where the first word is a mere {@code ERR}, some answers are
 * known by their words, which hold nothing of ours.
 */
final class ServerErrors {
  private static final Pattern CODE = Pattern.compile("([A-Z]{2,20})( .*)?", Pattern.DOTALL);

  /**
   * An answer that says no more than a mistake in the settings.
   *
   * @param words how it begins
   * @param advice what to do
   */
  private record Known(String words, String advice) {}

  private static final List<Known> KNOWN =
      List.of(
          new Known(
              "ERR DB index is out of range",
              "It has no database of that number: set another one in 'uri', or raise its setting"
                  + " databases"),
          new Known(
              "ERR SELECT is not allowed in cluster mode",
              "A cluster has the database 0 alone: leave the number out of 'uri'"),
          new Known(
              "ERR AUTH <password> called without any password configured",
              "It wants no password: leave out 'password-file' and 'password', or give it one"));

  private ServerErrors() {}

  /** Its first word; {@code an error} where it has none that is one. */
  static String code(RedisCommandExecutionException answer) {
    Matcher word = CODE.matcher(String.valueOf(answer.getMessage()));
    return word.matches() ? word.group(1) : "an error";
  }

  /** Something was not done, since Redis answered with an error. */
  static IOException notDone(String what, String place, RedisCommandExecutionException answer) {
    String code = code(answer);
    return switch (code) {
      case "OOM" -> full(what, place);
      case "WRONGTYPE" -> new OtherTypeException(refused(what, place, answer));
      case "NOPERM" ->
          problem(
              what,
              place,
              code,
              "Let its user do what the store needs with keys that begin with 'prefix', or set 'prefix'"
                  + " to what that user may use (docs/errors.md#redis-login)");
      case "NOAUTH", "WRONGPASS", "DENIED" ->
          problem(
              what,
              place,
              code,
              "Check 'username' and 'password-file' (docs/errors.md#redis-login)");
      default -> refused(what, place, answer);
    };
  }

  private static IOException full(String what, String place) {
    return new StoreFullException(
        "No room in "
            + place
            + " to "
            + what
            + ": its memory is full. Raise its maxmemory, or set its maxmemory-policy to"
            + " volatile-lru, which makes room of received items (docs/errors.md#store-full)");
  }

  private static IOException refused(
      String what, String place, RedisCommandExecutionException answer) {
    String text = String.valueOf(answer.getMessage());
    return KNOWN.stream()
        .filter(known -> text.startsWith(known.words()))
        .findFirst()
        .map(
            known ->
                problem(
                    what,
                    place,
                    "'" + known.words() + "'",
                    known.advice() + " (docs/errors.md#redis-refused)"))
        .orElseGet(
            () ->
                problem(
                    what,
                    place,
                    code(answer),
                    "See what that means, and the log of Redis (docs/errors.md#redis-refused)"));
  }

  private static IOException problem(String what, String place, String answer, String advice) {
    return new IOException(
        "Could not " + what + " in " + place + ": it answered " + answer + ". " + advice);
  }
}
