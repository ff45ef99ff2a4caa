package dev.bobbin.xmpp.core.internal.registry;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All registrations of one method at one moment; immutable.
 *
 * <p>What serves a call about nothing in particular, {@code base}, is laid out in advance: with
 * only a default, or handlers for everything, a look-up allocates nothing. Each of the levels 1 to
 * 5 has a table of its own, so that no key is built for a level that holds nothing.
 */
final class Snapshot<I, O> {
  private static final int EVERYWHERE = 6;

  /** At the index of a level its stacks, the latest registration first; index 0 is unused. */
  private final List<ScopeTable<List<Entry<I, O>>>> levels;

  private final List<Entry<I, O>> everywhere;
  private final @Nullable Entry<I, O> defaultEntry;
  private final List<Entry<I, O>> base;
  private final boolean onlyBase;

  private Snapshot(
      List<ScopeTable<List<Entry<I, O>>>> levels,
      List<Entry<I, O>> everywhere,
      @Nullable Entry<I, O> defaultEntry) {
    this.levels = levels;
    this.everywhere = everywhere;
    this.defaultEntry = defaultEntry;
    List<Entry<I, O>> chain = new ArrayList<>(everywhere.size() + 1);
    if (!append(everywhere, chain)) {
      appendDefault(chain);
    }
    this.base = List.copyOf(chain);
    this.onlyBase = levels.stream().allMatch(table -> table.size() == 0);
  }

  static <I, O> Snapshot<I, O> empty() {
    ScopeTable<List<Entry<I, O>>> none = ScopeTable.empty();
    return new Snapshot<>(List.of(none, none, none, none, none, none), List.of(), null);
  }

  @Nullable Entry<I, O> defaultEntry() {
    return defaultEntry;
  }

  /**
   * The entries that a call reaches, in that order. One that restores the default is followed by
   * the default, if there is any, and by nothing else.
   */
  List<Entry<I, O>> chain(ApiTarget target) {
    if (onlyBase) {
      return base;
    }
    Jid jid = target.jid().orElse(null);
    String node = target.node().orElse(null);
    List<Entry<I, O>> chain = new ArrayList<>();
    for (int level = 1; level < EVERYWHERE; level++) {
      if (levels.get(level).size() > 0) {
        ApiScope scope = key(level, jid, node);
        List<Entry<I, O>> stack = scope == null ? null : levels.get(level).get(scope);
        if (stack != null && append(stack, chain)) {
          return chain;
        }
      }
    }
    if (chain.isEmpty()) {
      return base;
    }
    chain.addAll(base);
    return chain;
  }

  /** The one scope of a level that covers the target, null where none can. */
  private static @Nullable ApiScope key(int level, @Nullable Jid jid, @Nullable String node) {
    Jid full = jid != null && jid.isFull() ? jid : null;
    return switch (level) {
      case 1 -> full != null && node != null ? ApiScope.jid(full, node) : null;
      case 2 -> jid != null && node != null ? ApiScope.jid(jid.bare(), node) : null;
      case 3 -> full != null ? ApiScope.jid(full) : null;
      case 4 -> jid != null ? ApiScope.jid(jid.bare()) : null;
      default -> node != null ? ApiScope.node(node) : null;
    };
  }

  /** Appends a stack; true when it ended the chain by restoring the default. */
  private boolean append(List<Entry<I, O>> stack, List<Entry<I, O>> chain) {
    for (Entry<I, O> entry : stack) {
      chain.add(entry);
      if (entry.restoresDefault()) {
        appendDefault(chain);
        return true;
      }
    }
    return false;
  }

  private void appendDefault(List<Entry<I, O>> chain) {
    if (defaultEntry != null) {
      chain.add(defaultEntry);
    }
  }

  /** A copy with the default replaced, or taken away by null. */
  Snapshot<I, O> withDefault(@Nullable Entry<I, O> newDefault) {
    return new Snapshot<>(levels, everywhere, newDefault);
  }

  /** A copy with the entry on top of its scope's stack. */
  Snapshot<I, O> with(ApiScope scope, Entry<I, O> entry) {
    List<Entry<I, O>> stack = new ArrayList<>();
    stack.add(entry);
    stack.addAll(stack(scope));
    return withStack(scope, List.copyOf(stack));
  }

  /** A copy without the entry; this snapshot itself when it holds no such entry. */
  Snapshot<I, O> without(Entry<I, O> entry) {
    ApiScope scope = entry.scope();
    if (scope == null) {
      return entry == defaultEntry ? withDefault(null) : this;
    }
    List<Entry<I, O>> stack = stack(scope);
    return stack.contains(entry) ? withStack(scope, filtered(stack, e -> e == entry)) : this;
  }

  /** A copy with nothing on that scope. */
  Snapshot<I, O> without(ApiScope scope) {
    return stack(scope).isEmpty() ? this : withStack(scope, List.of());
  }

  /** A copy without all that match. */
  Snapshot<I, O> withoutAll(Predicate<Entry<I, O>> gone) {
    List<ScopeTable<List<Entry<I, O>>>> newLevels =
        levels.stream().map(table -> table.map(stack -> orNull(filtered(stack, gone)))).toList();
    Entry<I, O> newDefault = defaultEntry == null || gone.test(defaultEntry) ? null : defaultEntry;
    return new Snapshot<>(newLevels, filtered(everywhere, gone), newDefault);
  }

  private List<Entry<I, O>> stack(ApiScope scope) {
    if (scope.level() == EVERYWHERE) {
      return everywhere;
    }
    List<Entry<I, O>> stack = levels.get(scope.level()).get(scope);
    return stack == null ? List.of() : stack;
  }

  private Snapshot<I, O> withStack(ApiScope scope, List<Entry<I, O>> stack) {
    int level = scope.level();
    if (level == EVERYWHERE) {
      return new Snapshot<>(levels, stack, defaultEntry);
    }
    List<ScopeTable<List<Entry<I, O>>>> newLevels = new ArrayList<>(levels);
    newLevels.set(level, levels.get(level).with(scope, orNull(stack)));
    return new Snapshot<>(List.copyOf(newLevels), everywhere, defaultEntry);
  }

  private static <E> List<E> filtered(List<E> stack, Predicate<? super E> gone) {
    return stack.stream().filter(gone.negate()).toList();
  }

  private static <E> @Nullable List<E> orNull(List<E> stack) {
    return stack.isEmpty() ? null : stack;
  }
}
