package dev.bobbin.xmpp.api;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The end of a message about a name that is not known: which are, and which of them was probably
 * meant. For the messages of plugins and stores that refuse such a name.
 *
 * <p>What this does not do: guess from meaning. A name counts as meant when at most a third of its
 * characters were mistyped (missing, superfluous, wrong or swapped) and its digits are the same but
 * for their order and for zeros, since {@code xep_0030} is no slip for {@code xep_0231}, and {@code
 * xep_231} is one; letter case does not count.
 *
 * <p>Safe for use by several threads; nothing blocks.
 */
public final class Alternatives {
  /** A third: "dsk" is near "disk", and "redis" is not near "memory". */
  private static final int CHARACTERS_TO_A_SLIP = 3;

  /** Beyond it nothing is compared: what was given may be of any length. */
  private static final int LONGEST = 200;

  private Alternatives() {}

  /**
   * Lists what could have been given instead.
   *
   * @param unknown the name that was given
   * @param label what the known ones are, such as {@code found} or {@code there are}
   * @param known the names that would have been taken, in the order in which they are shown
   * @return such as {@code "; did you mean 'json-file'? Found: json-file, memory"}, without the
   *     question when no name is near; {@code "; found: none"} when there is none
   */
  public static String to(String unknown, String label, Collection<String> known) {
    String list = label + ": " + (known.isEmpty() ? "none" : String.join(", ", known));
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (String name : known) {
      int slips = slips(unknown, name);
      if (slips < least
          && slips <= Math.max(unknown.length(), name.length()) / CHARACTERS_TO_A_SLIP) {
        nearest = name;
        least = slips;
      }
    }
    return nearest == null
        ? "; " + list
        : "; did you mean '"
            + nearest
            + "'? "
            + list.substring(0, 1).toUpperCase(Locale.ROOT)
            + list.substring(1);
  }

  /**
   * The edit distance with swaps of neighbours (optimal string alignment). Three rows of the table
   * are enough: a swap looks back two.
   */
  private static int slips(String given, String known) {
    if (given.length() > LONGEST
        || known.length() > LONGEST
        || !digits(given).equals(digits(known))) {
      return Integer.MAX_VALUE;
    }
    String a = given.toLowerCase(Locale.ROOT);
    String b = known.toLowerCase(Locale.ROOT);
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(last[j], row[j - 1]) + 1, last[j - 1] + wrong);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }

  /** In order, without zeros. */
  private static List<Integer> digits(String name) {
    return name.chars().filter(c -> c >= '1' && c <= '9').sorted().boxed().toList();
  }
}
