using System.Text.Json;
using System.Text.RegularExpressions;

namespace Xebec.SchemaImporter;

/// <summary>The facts of every API package of one Kubernetes release.</summary>
internal sealed partial class FactsFile(IReadOnlyDictionary<string, FactsPackage> byShortName)
{
    public static FactsFile Load(string path)
    {
        var root = JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;
        var packages = root.EnumerateObject()
            .Where(p => GaPath().IsMatch(p.Name) && !p.Name.Contains("/examples/", StringComparison.Ordinal))
            .Select(p => new FactsPackage(p.Name, string.Join('/', p.Name.Split('/')[^2..]), p.Value));
        return new FactsFile(packages.ToDictionary(p => p.ShortName));
    }

    public IEnumerable<FactsPackage> GaPackages() => byShortName.Values;

    public FactsPackage Package(string shortName) => byShortName[shortName];

    public bool Defines(string shortName, string type) =>
        byShortName.TryGetValue(shortName, out var package) &&
        (package.Types.TryGetProperty(type, out _) || package.Alias(type) is not null);

    [GeneratedRegex(@"/v\d+$")]
    private static partial Regex GaPath();
}
