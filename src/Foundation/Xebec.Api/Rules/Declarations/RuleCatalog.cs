using System.Collections.Concurrent;
using System.Text;
using Xebec.ApiMachinery.Schema;

namespace Xebec.Api.Rules.Declarations;

/// <summary>The embedded rules files, each read when a type of its package is first asked for.</summary>
internal static class RuleCatalog
{
    private static readonly ConcurrentDictionary<string, Dictionary<string, TypeRules>> Packages = new(StringComparer.Ordinal);

    /// <summary>The rules of a type, null when its package declares none.</summary>
    /// <exception cref="RuleFormatException">The package's file is malformed.</exception>
    public static TypeRules? Find(StructSchema type) => Package(type.Package).GetValueOrDefault(type.FullName);

    /// <summary>Every line that concerns a type: its own and those of the types it inlines.</summary>
    public static List<RuleLine> LinesOf(StructSchema type)
    {
        var lines = new List<RuleLine>(Find(type)?.Lines ?? []);
        foreach (var inlined in InlinedBy(type))
            lines.AddRange(LinesOf(inlined));
        return lines;
    }

    /// <summary>The structs whose fields a type repeats as its own.</summary>
    public static List<StructSchema> InlinedBy(StructSchema type)
    {
        var inlined = new List<StructSchema>();
        foreach (var field in type.Fields)
        {
            if (field.InlinedFrom is { Name: not "TypeMeta" } embedded && !inlined.Contains(embedded))
                inlined.Add(embedded);
        }

        return inlined;
    }

    /// <summary>The rules of every type of a package such as core/v1; empty when it has no file.</summary>
    public static Dictionary<string, TypeRules> Package(string package) => Packages.GetOrAdd(package, Read);

    private static Dictionary<string, TypeRules> Read(string package)
    {
        var file = package.Replace('/', '.') + ".rules";
        using var stream = typeof(RuleCatalog).Assembly.GetManifestResourceStream(file);
        if (stream is null)
            return [];
        using var text = new StreamReader(stream, Encoding.UTF8);
        return new RuleReader(file, BuiltIn.Schema).Read(text.ReadToEnd());
    }
}
