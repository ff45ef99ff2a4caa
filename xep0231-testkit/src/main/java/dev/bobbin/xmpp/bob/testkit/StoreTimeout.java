package dev.bobbin.xmpp.bob.testkit;

import java.lang.reflect.Method;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Ends a test in which a call of the store hangs. Tests that know which call it is say so before:
 * this has twice their patience. JUnit's own time-out cannot be set by the instance of a test, and
 * the kit's own tests must not wait for a minute.
 */
final class StoreTimeout implements InvocationInterceptor {
  StoreTimeout() {}

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    StoreFixture fixture = (StoreFixture) context.getRequiredTestInstance();
    Duration most = fixture.patience().multipliedBy(2);
    Assertions.assertTimeoutPreemptively(most, invocation::proceed, "the test hangs");
  }
}
