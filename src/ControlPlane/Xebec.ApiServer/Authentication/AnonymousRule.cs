namespace Xebec.ApiServer.Authentication;

/// <summary>Whether requests without credentials are served as system:anonymous (KEP-4633).</summary>
/// <param name="Enabled">False refuses all of them with 401.</param>
/// <param name="Paths">The only paths they may ask for; empty for all.</param>
internal sealed record AnonymousRule(bool Enabled, IReadOnlyList<string> Paths)
{
    public bool Allows(string path) => Enabled && (Paths.Count == 0 || Paths.Contains(path));
}
