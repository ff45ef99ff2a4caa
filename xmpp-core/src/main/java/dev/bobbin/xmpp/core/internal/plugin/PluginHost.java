package dev.bobbin.xmpp.core.internal.plugin;

import dev.bobbin.xmpp.api.Alternatives;
import dev.bobbin.xmpp.api.plugin.PluginException;
import dev.bobbin.xmpp.api.plugin.ServiceLocation;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.core.internal.registry.HandlerRegistry;
import dev.bobbin.xmpp.core.internal.routing.StanzaRouter;
import dev.bobbin.xmpp.core.internal.runtime.Threads;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of one client: which there are, which are on, and in which order they go.
 *
 * <p>One lock serialises turning on and off, which may block. Look-ups read an immutable map and
 * take no lock.
 */
public final class PluginHost {
  private static final Logger LOG = LoggerFactory.getLogger(PluginHost.class);

  private record Running(XmppPlugin plugin, OwnedContext context) {}

  private final ClientServices client;
  private final HandlerRegistry registry;
  private final StanzaRouter router;
  private final Threads threads;
  private final InstantSource clock;
  private final ServiceLocation services;
  private final Map<String, Settings> settings;
  private final Map<String, Supplier<XmppPlugin>> available = new LinkedHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Map<String, Running> running = Map.of();
  private boolean closed;

  /**
   * Makes a host with no plugin on.
   *
   * @param client the client
   * @param registry its internal API
   * @param router its handlers and listeners
   * @param threads where plugins may block, and the timer of what they want done later
   * @param clock the time
   * @param services where plugins look for services
   * @param settings what was set, by plugin name
   */
  public PluginHost(
      ClientServices client,
      HandlerRegistry registry,
      StanzaRouter router,
      Threads threads,
      InstantSource clock,
      ServiceLocation services,
      Map<String, Settings> settings) {
    this.client = client;
    this.registry = registry;
    this.router = router;
    this.threads = threads;
    this.clock = clock;
    this.services = services;
    this.settings = Map.copyOf(settings);
  }

  /**
   * Makes plugins known, so that they can be turned on by name or as a dependency.
   *
   * @param found makers by plugin name
   * @throws PluginException when something was set for a plugin that is not known then
   */
  public void offer(Map<String, Supplier<XmppPlugin>> found) {
    lock.lock();
    try {
      available.putAll(found);
      for (String name : settings.keySet()) {
        if (!available.containsKey(name)) {
          throw new PluginException(
              "Something was set for the plugin '"
                  + name
                  + "', which was neither found nor given"
                  + Alternatives.to(name, "known are", available.keySet())
                  + PluginDiscovery.orOverlooked(services)
                  + ". Correct its name or add its module (docs/errors.md#bad-setting)");
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Turns on a plugin that is known by name, and first what it depends on. One that is on stays so.
   *
   * @param name its name
   * @throws PluginException when it is not known, or cannot be turned on
   */
  public void enable(String name) {
    lock.lock();
    try {
      requireOpen();
      enable(name, new ArrayList<>());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Turns on a given plugin, and first what it depends on.
   *
   * @param plugin the plugin
   * @throws PluginException when one of its name is on already, or it cannot be turned on
   */
  public void enable(XmppPlugin plugin) {
    lock.lock();
    try {
      requireOpen();
      if (running.containsKey(plugin.name())) {
        throw new PluginException(
            "A plugin named '"
                + plugin.name()
                + "' is on already; turn it off first (docs/errors.md#duplicate-plugin)");
      }
      enable(plugin, new ArrayList<>());
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      // Nobody would turn the plugin off again, and close what it opens.
      throw new PluginException("The client was closed");
    }
  }

  private void enable(String name, List<String> wantedBy) {
    if (running.containsKey(name)) {
      return;
    }
    Supplier<XmppPlugin> maker = available.get(name);
    if (maker == null) {
      String who =
          wantedBy.isEmpty()
              ? "No plugin named '" + name + "'"
              : "The plugin '"
                  + wantedBy.get(wantedBy.size() - 1)
                  + "' needs '"
                  + name
                  + "', which was not found";
      throw new PluginException(
          who
              + Alternatives.to(name, "found", available.keySet())
              + PluginDiscovery.orOverlooked(services)
              + ". Add its module to the path (docs/errors.md#no-such-plugin)");
    }
    XmppPlugin plugin;
    try {
      plugin = Objects.requireNonNull(maker.get(), "its provider made nothing");
    } catch (RuntimeException | LinkageError e) {
      throw new PluginException(
          "The plugin '" + name + "' cannot be made: " + e + " (docs/errors.md#broken-plugin)", e);
    }
    if (!plugin.name().equals(name)) {
      // It would be on under a name that nobody asked for, and be made again each time.
      throw new PluginException(
          "The plugin '"
              + name
              + "' calls itself '"
              + plugin.name()
              + "'; its provider has to say the same name (docs/errors.md#broken-plugin)");
    }
    enable(plugin, wantedBy);
  }

  private void enable(XmppPlugin plugin, List<String> wantedBy) {
    String name = plugin.name();
    if (wantedBy.contains(name)) {
      throw new PluginException(
          "Plugins need each other in a circle: " + String.join(" -> ", wantedBy) + " -> " + name);
    }
    wantedBy.add(name);
    for (String dependency : plugin.dependencies()) {
      enable(dependency, wantedBy);
    }
    wantedBy.remove(name);
    OwnedContext context =
        new OwnedContext(
            name, this, registry.ownedBy(name), settings.getOrDefault(name, Settings.none()));
    boolean on = false;
    try {
      plugin.enable(context);
      on = true;
    } catch (Exception | LinkageError e) {
      throw new PluginException(
          "The plugin '"
              + name
              + "' cannot be turned on: "
              + (e.getMessage() == null ? e : e.getMessage()),
          e);
    } finally {
      if (!on) {
        context.close();
        registry.closePlugin(name);
      }
    }
    Map<String, Running> more = new LinkedHashMap<>(running);
    more.put(name, new Running(plugin, context));
    running = Collections.unmodifiableMap(more);
  }

  /**
   * Turns a plugin off; one that is not on stays so.
   *
   * @param name its name
   * @throws PluginException when another plugin that is on needs it
   */
  public void disable(String name) {
    lock.lock();
    try {
      List<String> needing =
          running.values().stream()
              .map(Running::plugin)
              .filter(other -> other.dependencies().contains(name))
              .map(XmppPlugin::name)
              .toList();
      if (running.containsKey(name) && !needing.isEmpty()) {
        throw new PluginException(
            "The plugin '"
                + name
                + "' cannot be turned off while it is needed by: "
                + String.join(", ", needing)
                + ". Turn those off first (docs/errors.md#plugin-needed)");
      }
      turnOff(name);
    } finally {
      lock.unlock();
    }
  }

  /** Turns all plugins off, each before those that it depends on. None can be turned on again. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      List<String> names = new ArrayList<>(running.keySet());
      Collections.reverse(names);
      names.forEach(this::turnOff);
    } finally {
      lock.unlock();
    }
  }

  private void turnOff(String name) {
    Running off = running.get(name);
    if (off == null) {
      return;
    }
    Map<String, Running> fewer = new LinkedHashMap<>(running);
    fewer.remove(name);
    running = Collections.unmodifiableMap(fewer);
    off.context().close();
    registry.closePlugin(name);
    try {
      off.plugin().disable();
    } catch (Throwable e) {
      // Even an Error is that plugin's alone: those that follow have to be turned off too.
      LOG.warn("The plugin '{}' failed while it was turned off", name, e);
    }
  }

  /**
   * The names of the plugins that are on.
   *
   * @return the names, in the order in which they were turned on
   */
  public Set<String> enabled() {
    return running.keySet();
  }

  /**
   * A plugin that is on.
   *
   * @param type its class
   * @param <P> its class
   * @return the plugin
   * @throws PluginException when none of that class is on
   */
  public <P extends XmppPlugin> P plugin(Class<P> type) {
    for (Running candidate : running.values()) {
      if (type.isInstance(candidate.plugin())) {
        return type.cast(candidate.plugin());
      }
    }
    throw new PluginException(
        "No plugin of "
            + type.getName()
            + " is on; on are: "
            + (running.isEmpty() ? "none" : String.join(", ", running.keySet()))
            + PluginDiscovery.packedTogether(type)
            + " (docs/errors.md#no-such-plugin)");
  }

  ClientServices client() {
    return client;
  }

  StanzaRouter router() {
    return router;
  }

  Executor workers() {
    return threads.workers();
  }

  ScheduledExecutorService timer() {
    return threads.timer();
  }

  InstantSource clock() {
    return clock;
  }

  ServiceLocation services() {
    return services;
  }
}
