package dev.bobbin.xmpp.bob.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * What became of the tests of one contract, run by JUnit inside of a test.
 *
 * @param passed the names of tests that passed, with an empty text
 * @param failed why each of the others failed, by its name
 * @param skipped the reasons of those that were aborted, by their names
 */
record ContractRun(
    Map<String, String> passed, Map<String, Throwable> failed, Map<String, String> skipped) {

  static ContractRun of(Class<? extends BobStoreContract> contract) {
    ContractRun run = new ContractRun(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    Launcher launcher = LauncherFactory.create();
    launcher.execute(
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(contract)).build(),
        run.listener());
    return run;
  }

  private TestExecutionListener listener() {
    return new TestExecutionListener() {
      @Override
      public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String name =
            test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getMethodName())
                .orElse(test.getDisplayName());
        Throwable problem = result.getThrowable().orElse(null);
        switch (result.getStatus()) {
          case FAILED -> failed.put(name, problem);
          case ABORTED -> skipped.put(name, String.valueOf(problem.getMessage()));
          case SUCCESSFUL -> {
            if (test.isTest()) {
              passed.put(name, "");
            }
          }
        }
      }
    };
  }
}
