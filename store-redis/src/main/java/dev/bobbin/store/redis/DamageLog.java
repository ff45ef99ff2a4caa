package dev.bobbin.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bobbin.store.redis.DamagedValueException.Kind;
import dev.bobbin.xmpp.api.Quoted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Names each damaged value once: what a peer asks for again and again is read again and again. Of
 * more than some hundred, one may be named twice. Safe for use by several threads.
 */
final class DamageLog {
  private static final int REMEMBERED = 256;
  private static final int LONGEST_NAME = 300;

  private final Consumer<String> warn;
  private final Map<String, String> reasons =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  DamageLog(Consumer<String> warn) {
    this.warn = warn;
  }

  void report(byte[] name, DamagedValueException damage) {
    String shown = shown(name);
    boolean isNew;
    synchronized (reasons) {
      isNew = !damage.reason().equals(reasons.put(shown, damage.reason()));
    }
    if (isNew) {
      warn.accept(
          (damage.kind() == Kind.DAMAGED ? "Ignored the damaged value" : "Ignored the value")
              + " of the key '"
              + shown
              + "' in Redis: "
              + damage.reason()
              + ". "
              + damage.kind().advice());
    }
  }

  /** There is a new value of that name. */
  void forget(byte[] name) {
    synchronized (reasons) {
      reasons.remove(shown(name));
    }
  }

  static String shown(byte[] name) {
    return Quoted.cut(new String(name, UTF_8), LONGEST_NAME);
  }
}
