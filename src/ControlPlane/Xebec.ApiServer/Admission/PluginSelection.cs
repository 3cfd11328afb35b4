namespace Xebec.ApiServer.Admission;

/// <summary>
/// Which admission plugins run: the default ones and those switched on, but those switched off by name (upstream's
/// --enable-admission-plugins and --disable-admission-plugins).
/// </summary>
internal static class PluginSelection
{
    /// <summary>The plugins that stay, in their order.</summary>
    /// <exception cref="ArgumentException">A name is no plugin's, or is both enabled and disabled; the message is upstream's.</exception>
    public static IReadOnlyList<IAdmissionPlugin> Choose(
        IReadOnlyList<IAdmissionPlugin> plugins, IReadOnlyList<string> enabled, IReadOnlyList<string> disabled)
    {
        foreach (var name in enabled.Concat(disabled))
        {
            if (!plugins.Any(p => p.Name == name))
                throw new ArgumentException($"admission-control plugin \"{name}\" is unknown");
        }

        var both = enabled.Intersect(disabled).ToArray();
        return both.Length > 0
            ? throw new ArgumentException($"[{string.Join(' ', both)}] in enable-admission-plugins and disable-admission-plugins overlapped")
            : [.. plugins.Where(p => !disabled.Contains(p.Name) && (p.IsOnByDefault || enabled.Contains(p.Name)))];
    }
}
