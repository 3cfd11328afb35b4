using Xebec.Client;

namespace Xebec.Scheduler.Framework;

/// <summary>The plugins of one scheduler, by what they take part in, in the order of the table.</summary>
internal sealed class Profile
{
    private readonly Dictionary<string, IEnqueueExtensions> _hints = new(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">The table names a plugin twice, misnames it, or scores without a weight.</exception>
    public Profile(ReadOnlySpan<PluginRegistration> table, ApiClient? client)
    {
        var plugins = new List<IPlugin>();
        var scores = new List<WeightedScorePlugin>();
        foreach (var registration in table)
        {
            var plugin = registration.New(client);
            Check(registration, plugin, plugins);
            plugins.Add(plugin);
            if (plugin is IScorePlugin score)
                scores.Add(new WeightedScorePlugin(score, registration.Weight, score.IsNodeLocal ? LocalScores++ : -1));
            if (plugin is IEnqueueExtensions hints)
                _hints.Add(plugin.Name, hints);
        }

        PreEnqueue = [.. plugins.OfType<IPreEnqueuePlugin>()];
        PreFilter = [.. plugins.OfType<IPreFilterPlugin>()];
        LocalFilters = [.. plugins.OfType<IFilterPlugin>().Where(f => f.IsNodeLocal)];
        OtherFilters = [.. plugins.OfType<IFilterPlugin>().Where(f => !f.IsNodeLocal)];
        Extensions = [.. plugins.OfType<IPreFilterExtensions>()];
        PostFilter = [.. plugins.OfType<IPostFilterPlugin>()];
        PreScore = [.. plugins.OfType<IPreScorePlugin>()];
        Score = [.. scores];
        Bind = plugins.OfType<IBindPlugin>().SingleOrDefault();
        Names = [.. plugins.Select(p => p.Name)];
    }

    public string[] Names { get; }

    public IPreEnqueuePlugin[] PreEnqueue { get; }

    public IPreFilterPlugin[] PreFilter { get; }

    /// <summary>Filters whose answers can be remembered; they come first in upstream's order, too.</summary>
    public IFilterPlugin[] LocalFilters { get; }

    public IFilterPlugin[] OtherFilters { get; }

    public IPreFilterExtensions[] Extensions { get; }

    public IPostFilterPlugin[] PostFilter { get; }

    public IPreScorePlugin[] PreScore { get; }

    public WeightedScorePlugin[] Score { get; }

    public int LocalScores { get; }

    public IBindPlugin? Bind { get; }

    /// <summary>The hints of a plugin; null when nothing but time helps.</summary>
    public IEnqueueExtensions? HintsOf(string plugin) => _hints.GetValueOrDefault(plugin);

    private static void Check(PluginRegistration registration, IPlugin plugin, List<IPlugin> known)
    {
        if (plugin.Name != registration.Name)
            throw new InvalidOperationException($"the plugin registered as {registration.Name} calls itself {plugin.Name}");
        if (known.Exists(p => p.Name == plugin.Name))
            throw new InvalidOperationException($"a plugin named {plugin.Name} already exists");
        if (plugin is IScorePlugin != registration.Weight > 0)
            throw new InvalidOperationException($"score plugin {plugin.Name} needs a weight, and no other plugin has one");
    }
}
