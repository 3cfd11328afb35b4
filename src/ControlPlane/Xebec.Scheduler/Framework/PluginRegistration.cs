using Xebec.Client;

namespace Xebec.Scheduler.Framework;

/// <summary>A line of the table of plugins.</summary>
/// <param name="Name">Upstream's name.</param>
/// <param name="Weight">What its score counts; 0 for plugins that do not score.</param>
/// <param name="New">Makes the plugin; the client is null where decisions are only computed.</param>
internal sealed record PluginRegistration(string Name, int Weight, Func<ApiClient?, IPlugin> New);
