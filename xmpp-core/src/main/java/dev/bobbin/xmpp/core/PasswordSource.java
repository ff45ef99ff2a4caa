package dev.bobbin.xmpp.core;

/**
 * What knows the password of an account when it is needed, such as a keyring or a vault.
 *
 * <p>Asked once for each attempt to log in, after TLS has shown who the server is and a mechanism
 * was chosen, and before anything is said about the account's password; not asked when it does not
 * come to that. It runs on the thread that logs in and may block: {@link XmppClient#connect()}
 * fails after the time for one step ({@link XmppClientBuilder#stepTimeout}), and that thread waits
 * until the source returns. A person takes longer than the 10 s of a step: ask before connecting,
 * or give steps and the login more time. What the source throws fails {@code connect()} with that
 * as the cause.
 *
 * <p>Of printable ASCII the client leaves no readable copy once it has logged in or given up. What
 * else a password holds has to pass through strings to be prepared (RFC 4013), which stay until
 * they are collected.
 */
@FunctionalInterface
public interface PasswordSource {
  /**
   * Gives the password.
   *
   * @return an array of its own, which is wiped after use; never null
   * @throws Exception when the password is not to be had
   */
  char[] password() throws Exception;
}
