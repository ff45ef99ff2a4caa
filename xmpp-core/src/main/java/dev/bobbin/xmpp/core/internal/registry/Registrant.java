package dev.bobbin.xmpp.core.internal.registry;

import dev.bobbin.xmpp.api.registry.ApiRegistry;
import java.lang.StackWalker.StackFrame;
import org.jspecify.annotations.Nullable;

/**
 * Who made a registration.
 *
 * @param owner the plugin whose view it was made through; null for the application
 * @param description what {@code explain} and error messages say
 */
record Registrant(@Nullable String owner, String description) {
  private static final String THIS_PACKAGE = Registrant.class.getPackageName();
  private static final String API_PACKAGE = ApiRegistry.class.getPackageName();

  static Registrant plugin(String name) {
    return new Registrant(name, "plugin " + name);
  }

  /** The code that called into the registry, such as {@code com.example.Bot.start(Bot.java:42)}. */
  static Registrant caller() {
    return new Registrant(
        null,
        StackWalker.getInstance()
            .walk(frames -> frames.filter(Registrant::isOutside).findFirst())
            .map(Registrant::describe)
            .orElse("unknown"));
  }

  private static boolean isOutside(StackFrame frame) {
    String type = frame.getClassName();
    String inPackage = type.substring(0, Math.max(0, type.lastIndexOf('.')));
    return !inPackage.equals(THIS_PACKAGE) && !inPackage.equals(API_PACKAGE);
  }

  private static String describe(StackFrame frame) {
    String method = frame.getClassName() + '.' + frame.getMethodName();
    return frame.getFileName() == null || frame.getLineNumber() < 0
        ? method
        : method + '(' + frame.getFileName() + ':' + frame.getLineNumber() + ')';
  }
}
