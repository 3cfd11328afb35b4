using System.Text;
using System.Text.RegularExpressions;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.ApiMachinery.Yaml;

namespace Xebec.Api.Tests.Rules;

/// <summary>The manifests people are shown are right.</summary>
public sealed partial class ManifestTests
{
    private static readonly Lazy<string[]> DefinedGroups = new(() => [.. Samples().SelectMany(f => YamlReader.ReadAll(File.ReadAllText(f)))
        .Select(d => d.Value).OfType<ObjectValue>().Where(o => o.GetString("kind") == "CustomResourceDefinition")
        .Select(o => o.GetObject("spec")!.GetString("group")!)]);

    [Fact]
    public void EveryManifestOfTheSamplesIsValid()
    {
        Assert.NotEmpty(Samples());
        foreach (var file in Samples())
            CheckAll(file, File.ReadAllText(file));
    }

    [Fact]
    public void EveryManifestOfTheGuideIsValid()
    {
        var guide = Path.Combine(Find("shared"), "guide.md");
        Assert.SkipUnless(File.Exists(guide), "SKIPPED: guide.md is not beside the repository (../shared)");
        var blocks = YamlBlocks().Matches(File.ReadAllText(guide)).Select(m => m.Groups[1].Value).ToArray();
        Assert.NotEmpty(blocks);
        foreach (var block in blocks)
            CheckAll("guide.md", block);
    }

    private static void CheckAll(string source, string yaml)
    {
        foreach (var document in YamlReader.ReadAll(yaml))
        {
            if (document.Value is not ObjectValue item || item.GetString("kind") is not { } kind)
                continue;
            // What a sample defines itself, its own tests create.
            if (DefinedGroups.Value.Any(group => item.GetString("apiVersion")!.StartsWith(group + "/", StringComparison.Ordinal)))
                continue;
            var version = (item.GetString("apiVersion") ?? "").Split('/');
            var schema = BuiltIn.KindSchema(version is [var group, var v] ? new GroupVersion(group, v) : new GroupVersion("", version[0]), kind);
            if (BuiltIn.Resources.First(r => r.Kind == kind).Namespaced)
                item.GetOrAddObject("metadata")["namespace"] ??= "default";
            var errors = RuleCheck.Create(schema.FullName, RuleCheck.Complete(schema.FullName, Encoding.UTF8.GetString(item.ToUtf8())));
            Assert.True(errors.Length == 0, $"{source}: {kind}: {string.Join("; ", errors)}");
        }
    }

    private static string[] Samples() => [.. Directory.EnumerateFiles(Find("samples"), "*.yaml", SearchOption.AllDirectories)
        .Where(f => f.Contains("manifests", StringComparison.Ordinal))];

    private static string Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, name);
            if (Directory.Exists(candidate))
                return candidate;
        }

        return "";
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlocks();
}
