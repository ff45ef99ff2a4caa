package dev.bobbin.packaging;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tells values that nobody can change from others, by looking at all that they are made of. */
final class Constants {
  private static final int DEEPEST = 20;

  /** Types of others that are immutable, or made to be shared, and whose insides are closed. */
  private static final Set<String> KNOWN =
      Set.of(
          "java.lang.String",
          "java.nio.charset.Charset",
          "java.time.Duration",
          "java.time.Instant",
          "java.util.Comparator",
          "java.util.HexFormat",
          "java.util.regex.Pattern",
          "java.lang.invoke.MethodHandle",
          "java.lang.invoke.VarHandle",
          "java.lang.Number",
          "java.lang.Boolean",
          "java.lang.Character",
          "java.lang.System$Logger",
          "org.slf4j.Logger");

  private Constants() {}

  /** An array could be written to, but a private one only by the class that a reader has open. */
  static boolean holdsOne(Field field) {
    Object value = valueOf(field, null);
    return value != null && value.getClass().isArray()
        ? Modifier.isPrivate(field.getModifiers()) || Array.getLength(value) == 0
        : isConstant(value, 0);
  }

  private static boolean isConstant(Object value, int depth) {
    if (value == null || value instanceof Enum) {
      return true;
    }
    if (depth > DEEPEST) {
      return false;
    }
    Class<?> type = value.getClass();
    if (value instanceof Collection<?> many) {
      return isUnmodifiable(type) && areConstant(many, depth);
    }
    if (value instanceof Map<?, ?> map) {
      return isUnmodifiable(type)
          && areConstant(map.keySet(), depth)
          && areConstant(map.values(), depth);
    }
    if (value instanceof Optional<?> optional) {
      return isConstant(optional.orElse(null), depth + 1);
    }
    if (supertypes(type).anyMatch(each -> KNOWN.contains(each.getName()))) {
      return true;
    }
    return type.getName().startsWith("dev.bobbin.")
        && classes(type)
            .flatMap(each -> Stream.of(each.getDeclaredFields()))
            .filter(field -> !Modifier.isStatic(field.getModifiers()))
            .allMatch(
                field ->
                    Modifier.isFinal(field.getModifiers())
                        && isConstant(valueOf(field, value), depth + 1));
  }

  private static boolean areConstant(Collection<?> values, int depth) {
    return values.stream().allMatch(each -> isConstant(each, depth + 1));
  }

  private static boolean isUnmodifiable(Class<?> type) {
    return type.getName().startsWith("java.util.ImmutableCollections$");
  }

  private static Stream<Class<?>> classes(Class<?> type) {
    return Stream.iterate(type, each -> each != null, Class::getSuperclass);
  }

  private static Stream<Class<?>> supertypes(Class<?> type) {
    return classes(type)
        .flatMap(each -> Stream.concat(Stream.of(each), Stream.of(each.getInterfaces())));
  }

  private static Object valueOf(Field field, Object owner) {
    try {
      field.setAccessible(true);
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
