package dev.bobbin.xmpp.core;

import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A plugin that writes down what is done to it. */
public class TestPlugin implements XmppPlugin {
  private final String name;
  private final Set<String> dependencies;
  private final List<String> log;
  private PluginContext context;

  public TestPlugin(String name, String... dependencies) {
    this(new ArrayList<>(), name, dependencies);
  }

  public TestPlugin(List<String> log, String name, String... dependencies) {
    this.log = log;
    this.name = name;
    this.dependencies = Set.of(dependencies);
  }

  public PluginContext context() {
    return context;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<String> dependencies() {
    return dependencies;
  }

  @Override
  public void enable(PluginContext given) throws Exception {
    context = given;
    log.add("+" + name);
  }

  @Override
  public void disable() throws Exception {
    log.add("-" + name);
  }
}
