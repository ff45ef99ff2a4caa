package dev.bobbin.store.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * What Redis does in one go, without another command in between: looks at a value, as far as it can
 * be an item, and then replaces or removes it. What is no string counts as nothing, as it does in
 * reading.
 *
 * <p>An error of a command is given out as it is: inside of another message nobody would see that
 * the memory is full.
 */
final class Scripts {
  /** Of a key and up to which byte it is read, that one included. */
  private static final String LOOK =
      """
      local there = redis.pcall('GETRANGE', KEYS[1], 0, ARGV[1])
      if type(there) == 'table' then
        if not string.find(there['err'], 'WRONGTYPE', 1, true) then return there end
        there = ''
      end
      """;

  /** Removes what is there, and gives it. Not GETDEL, which has no bound on what it gives. */
  static final String DELETE =
      LOOK
          + """
              local done = redis.pcall('DEL', KEYS[1])
              if type(done) == 'table' then return done end
              return there
              """;

  /**
   * Puts a value in place of the one that was read before, if that is still there: compared byte by
   * byte. So it need not be understood again, and a damaged one can be replaced as well. What was
   * read and counts as none may also be gone: Redis has removed it meanwhile, as it had expired.
   */
  static final String PUT_IF =
      LOOK
          + """
              local gone = there == '' and ARGV[5] == '1'
              if there ~= ARGV[2] and not gone then return 0 end
              local done
              if ARGV[3] == '' then
                done = redis.pcall('DEL', KEYS[1])
              elseif ARGV[4] == '0' then
                done = redis.pcall('SET', KEYS[1], ARGV[3])
              else
                done = redis.pcall('SET', KEYS[1], ARGV[3], 'PXAT', ARGV[4])
              end
              if type(done) == 'table' and done['err'] then return done end
              return 1
              """;

  private Scripts() {}

  /** What {@link #DELETE} is given besides the key: up to which byte it reads. */
  static byte[] most(int bytes) {
    return text(bytes);
  }

  /**
   * What {@link #PUT_IF} is given besides the key.
   *
   * @param most up to which byte the value was read, that one included
   * @param there what was read; empty for nothing
   * @param value what is to be there; empty for nothing
   * @param expiry in milliseconds since 1970; 0 for never
   * @param isNone whether what was read counts as none
   */
  static byte[][] putIf(int most, byte[] there, byte[] value, long expiry, boolean isNone) {
    return new byte[][] {text(most), there, value, text(expiry), text(isNone ? 1 : 0)};
  }

  private static byte[] text(long number) {
    return Long.toString(number).getBytes(US_ASCII);
  }
}
