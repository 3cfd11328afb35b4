using System.Text;
using Xebec.EndToEnd.Tests.Clusters;
using Xebec.EndToEnd.Tests.Commands;

namespace Xebec.EndToEnd.Tests.Documents;

/// <summary>
/// Every example of README.md, docs and samples does what it shows. Examples of a file run in their order, in a folder that stands for the
/// checkout, where ./xebec works on the cluster under test.
/// </summary>
[Collection(SharedCluster.Name)]
public sealed class ReadmeExamplesTests(ClusterFixture fixture, ITestOutputHelper output) : ClusterTest(fixture, output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static TheoryData<string> Files =>
    [
        .. Directory.EnumerateFiles(Checkout.Root, "README.md").Concat(
            Directory.EnumerateFiles(Path.Combine(Checkout.Root, "samples"), "README.md", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Checkout.Root, path)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task ExamplesDoWhatTheyShow(string file)
    {
        var examples = Example.Read(file, await File.ReadAllTextAsync(Path.Combine(Checkout.Root, file))).ToList();
        Assert.NotEmpty(examples);
        var folder = await MakeStandInAsync();
        var problems = new StringBuilder();
        foreach (var example in examples)
            foreach (var step in example.Steps)
            {
                var result = await Cluster.Commands.RunAsync("bash", ["-c", step.Command], folder: folder, limit: Limit);
                if (result.ExitCode != 0) problems.AppendLine($"{example}: {result}");
                else if (step.FindDifference(result.Output) is { } missing) problems.AppendLine($"{example}: \"{missing}\" is not in what it prints: {result}");
            }

        await Cluster.Commands.RunAsync("kubectl", ["delete", "--ignore-not-found", "-f", Path.Combine(Checkout.Root, "samples", "HelloXebec", "manifests")]);
        Assert.True(problems.Length == 0, problems.ToString());
    }

    /// <summary>A folder like the checkout: the same files, and a xebec that works on the cluster under test.</summary>
    private async Task<string> MakeStandInAsync()
    {
        var folder = Path.Combine(Cluster.Folder, "checkout");
        if (Directory.Exists(folder)) return folder;
        Directory.CreateDirectory(folder);
        var samples = Path.Combine(Checkout.Root, "samples");
        foreach (var entry in Directory.EnumerateFileSystemEntries(Checkout.Root).Where(entry => entry != Checkout.Xebec && entry != samples))
            File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(entry)), entry);
        CopySources(samples, Path.Combine(folder, "samples"));
        var launcher = Path.Combine(folder, "xebec");
        await File.WriteAllTextAsync(launcher, $"""
            #!/bin/sh
            case $1 in
              up | server) exec {Checkout.Xebec} "$@" --data-dir {Cluster.DataFolder} --kubeconfig {Cluster.Kubeconfig} ;;
              *) exec {Checkout.Xebec} "$@" --data-dir {Cluster.DataFolder} ;;
            esac
            """);
        File.SetUnixFileMode(launcher, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }

    /// <summary>Samples are built, so they are copies: a build remembers the folder it was made in.</summary>
    private static void CopySources(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")))
            CopySources(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
