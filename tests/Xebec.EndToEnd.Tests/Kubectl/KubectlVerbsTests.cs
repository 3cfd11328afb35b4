using System.Text.RegularExpressions;
using Xebec.EndToEnd.Tests.Clusters;

namespace Xebec.EndToEnd.Tests.Kubectl;

/// <summary>Every verb of every kubectl that the machine has. All steps run, and all that differ are reported at once.</summary>
[Collection(SharedCluster.Name)]
public sealed class KubectlVerbsTests(ClusterFixture fixture, ITestOutputHelper output) : ClusterTest(fixture, output)
{
    public static TheoryData<string> Binaries => [.. KubectlBinaries.Paths];

    [Theory]
    [MemberData(nameof(Binaries))]
    public async Task EveryVerbWorks(string kubectl)
    {
        var name = "verbs-" + Path.GetFileName(kubectl).Replace(".", "-").ToLowerInvariant();
        await Cluster.KubectlAsync("create", "namespace", name);
        var problems = new List<string>();
        foreach (var step in VerbSteps.All)
        {
            var result = await Cluster.Commands.RunAsync("env", ["KUBE_EDITOR=sed -i s/blue/green/", kubectl, .. step.Words(name)], step.Input);
            var seen = result.Output + result.Error;
            if (result.ExitCode != step.ExitCode) problems.Add($"exit code {step.ExitCode} expected: {result}");
            else if (!Regex.IsMatch(seen, step.Pattern.Replace("NS", name))) problems.Add($"/{step.Pattern}/ expected: {result}");
        }

        Assert.True(problems.Count == 0, $"{problems.Count} of {VerbSteps.All.Count} steps failed:\n\n{string.Join("\n\n", problems)}");
    }
}
