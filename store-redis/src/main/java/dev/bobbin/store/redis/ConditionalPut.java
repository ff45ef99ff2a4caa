package dev.bobbin.store.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The script that puts a value in place of the one that was read before, if that is still there:
 * compared byte by byte, as far as it was read. So it need not be understood again, and a damaged
 * one can be replaced as well. What is no string counts as nothing, as it does in reading.
 */
final class ConditionalPut {
  /**
   * An error of a command is given out as it is: inside of another message nobody would see that
   * the memory is full.
   */
  static final byte[] SCRIPT =
      """
      local there = redis.pcall('GETRANGE', KEYS[1], 0, ARGV[1])
      if type(there) == 'table' then
        if not string.find(there['err'], 'WRONGTYPE', 1, true) then return there end
        there = ''
      end
      if there ~= ARGV[2] then return 0 end
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
      """
          .getBytes(US_ASCII);

  private ConditionalPut() {}

  /**
   * What the script is given besides the key.
   *
   * @param read up to which byte the value was read, that one included
   * @param there what was read; empty for nothing
   * @param value what is to be there; empty for nothing
   * @param expiry in milliseconds since 1970; 0 for never
   */
  static byte[][] arguments(int read, byte[] there, byte[] value, long expiry) {
    return new byte[][] {
      Integer.toString(read).getBytes(US_ASCII),
      there,
      value,
      Long.toString(expiry).getBytes(US_ASCII)
    };
  }
}
