using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Tests.Fixtures;

/// <summary>Upstream's fully populated objects, one a kind, as JSON and as protobuf.</summary>
public sealed record RoundtripFixture(string Name, StructSchema Schema, string JsonFile, string ProtobufFile)
{
    public byte[] ProtobufBytes => File.ReadAllBytes(ProtobufFile);

    public Value Json => Value.Parse(File.ReadAllBytes(JsonFile));

    public override string ToString() => Name;

    /// <summary>Every fixture; the test is skipped with a message when the reference folder is not there.</summary>
    public static IReadOnlyList<RoundtripFixture> All()
    {
        var folder = FindFolder();
        Assert.SkipWhen(folder is null, "SKIPPED: reference/roundtrip is not beside the repository (../shared)");
        return [.. Directory.EnumerateFiles(folder!, "*.json").Order(StringComparer.Ordinal).Select(Load)];
    }

    /// <summary>Runs a check on every fixture and fails with all that failed.</summary>
    public static void ForEach(Action<RoundtripFixture> check)
    {
        var failures = new List<string>();
        var fixtures = All();
        Assert.True(fixtures.Count >= 77, $"only {fixtures.Count} fixtures");
        foreach (var fixture in fixtures)
        {
            try
            {
                check(fixture);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failures.Add($"{fixture.Name}: {e.Message}");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    private static RoundtripFixture Load(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var words = name.Split('.');
        var (kind, package) = (words[^1], $"{words[0]}/{words[^2]}");
        var structs = BuiltIn.Schema.Structs;
        var schema = structs.TryGetValue($"{package}.{kind}", out var found) ? found : structs[$"meta/v1.{kind}"];
        return new RoundtripFixture(name, schema, file, Path.ChangeExtension(file, ".pb"));
    }

    private static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "reference", "roundtrip");
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
