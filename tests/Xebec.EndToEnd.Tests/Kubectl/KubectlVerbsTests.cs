using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Xebec.EndToEnd.Tests.Clusters;
using Xebec.Tests;

namespace Xebec.EndToEnd.Tests.Kubectl;

/// <summary>
/// Every verb of every kubectl that the machine has. All steps run, and all that differ are reported at once. The first test starts the stories
/// of all versions, a few at a time: they mostly wait for pods.
/// </summary>
[Collection(SharedCluster.Name)]
public sealed class KubectlVerbsTests(ClusterFixture fixture, ITestOutputHelper output) : ClusterTest(fixture, output)
{
    private static readonly ConcurrentDictionary<string, Task<List<string>>> Stories = [];
    private static readonly SemaphoreSlim AtOnce = new(4);

    public static TheoryData<string> Binaries => [.. KubectlBinaries.Paths];

    [Theory]
    [MemberData(nameof(Binaries))]
    [Conformance("[sig-cli] Kubectl client Kubectl api-versions should check if v1 is in available api versions")]
    [Conformance("[sig-cli] Kubectl client Kubectl cluster-info should check if Kubernetes control plane services is included in cluster-info")]
    [Conformance("[sig-cli] Kubectl client Kubectl version should check is all data is printed")]
    [Conformance("[sig-cli] Kubectl client Kubectl label should update the label on a resource")]
    [Conformance("[sig-cli] Kubectl client Kubectl run pod should create a pod from an image when restart is Never")]
    public async Task EveryVerbWorks(string kubectl)
    {
        foreach (var binary in KubectlBinaries.Paths) _ = Stories.GetOrAdd(binary, RunAsync);
        var problems = await Stories[kubectl];
        Assert.True(problems.Count == 0, $"{problems.Count} of {VerbSteps.All.Count} steps failed:\n\n{string.Join("\n\n", problems)}");
    }

    private async Task<List<string>> RunAsync(string kubectl)
    {
        await AtOnce.WaitAsync();
        try
        {
            return await TellAsync(kubectl, "verbs-" + Path.GetFileName(kubectl).Replace(".", "-").ToLowerInvariant());
        }
        finally
        {
            AtOnce.Release();
        }
    }

    private async Task<List<string>> TellAsync(string kubectl, string name)
    {
        await Cluster.KubectlAsync("create", "namespace", name);
        var problems = new List<string>();
        foreach (var step in VerbSteps.All.Where(step => step.Since <= KubectlBinaries.MinorOf(kubectl)))
        {
            var result = await Cluster.Commands.RunAsync("env", ["KUBE_EDITOR=sed -i s/blue/green/", kubectl, .. step.Words(name)], step.Input);
            var seen = result.Output + result.Error;
            if (result.ExitCode != step.ExitCode) problems.Add($"exit code {step.ExitCode} expected: {result}");
            else if (!Regex.IsMatch(seen, step.Pattern.Replace("NS", name))) problems.Add($"/{step.Pattern}/ expected: {result}");
        }

        return problems;
    }
}
