package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Who may log in. An unknown account is asked for a proof like any other, with a salt that stays
 * the same, so that nobody can tell the two apart. Immutable.
 */
final class Accounts {
  private static final int SALT_BYTES = 16;

  private final Jid domain;
  private final Map<Jid, String> passwords;
  private final Map<Jid, String> refusals;
  private final byte[] secret = RandomText.bytes(32);

  /** Passwords by bare JID, and of those who are refused nevertheless the condition by bare JID. */
  Accounts(Jid domain, Map<Jid, String> passwords, Map<Jid, String> refusals) {
    this.domain = domain;
    this.refusals = Map.copyOf(refusals);
    this.passwords = Map.copyOf(passwords);
  }

  /** The bare JID that a user name stands for, known or not; empty when it can stand for none. */
  Optional<Jid> jid(String username) {
    try {
      return Optional.of(Jid.of(username, domain.domain(), null));
    } catch (MalformedJidException e) {
      return Optional.empty();
    }
  }

  boolean isKnown(Jid account) {
    return passwords.containsKey(account);
  }

  boolean isPassword(Jid account, String password) {
    String right = passwords.get(account);
    return right != null && prepared(right).equals(prepared(password));
  }

  /** Who somebody acts as that has proven to be an account: always itself, if it names one. */
  Jid authorized(Jid account, String authzid) throws SaslFailure {
    SaslFailure.unless(
        authzid.isEmpty() || authzid.equals(account.toString()), SaslFailure.INVALID_AUTHZID);
    return account;
  }

  /** Refuses who has proven to be an account that may not log in. */
  void admit(Jid account) throws SaslFailure {
    String refusal = refusals.get(account);
    if (refusal != null) {
      throw new SaslFailure(refusal);
    }
  }

  byte[] salt(ScramHash hash, String username) {
    String purpose = hash.name() + ' ' + jid(username).map(Jid::toString).orElse(username);
    byte[] derived = hash.hmac(secret, purpose.getBytes(StandardCharsets.UTF_8));
    return Arrays.copyOf(derived, SALT_BYTES);
  }

  byte[] saltedPassword(ScramHash hash, String username) {
    String password = jid(username).map(passwords::get).orElse("unknown");
    return hash.saltedPassword(prepared(password), salt(hash, username));
  }

  /** SASLprep as far as it matters to a test: ASCII is kept, the rest is NFKC. */
  private static String prepared(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }
}
