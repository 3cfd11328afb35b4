using System.Text.RegularExpressions;
using Xebec.Api;
using Xebec.EndToEnd.Tests.Kubectl;

namespace Xebec.Testing.Tests.Kubectl;

/// <summary>
/// What users type, with the oldest and the newest kubectl, against simulated nodes: every verb and what it prints. All steps of a story
/// run, and all that differ are reported at once. The same against containers is in Xebec.EndToEnd.Tests.
/// </summary>
public sealed class KubectlStoryTests
{
    private static readonly Dictionary<string, IReadOnlyList<Step>> Stories = new()
    {
        ["reading"] = ReadingSteps.All,
        ["writing"] = WritingSteps.All,
        ["workloads"] = WorkloadSteps.All,
        ["generators"] = GeneratorSteps.All,
        ["access"] = AccessSteps.All,
        ["nodes"] = NodeSteps.All,
        ["custom"] = CustomSteps.All,
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var story in Stories.Keys)
            {
                cases.Add("1.27", story);
                cases.Add("1.33", story);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task IsToldAsKubernetesTellsIt(string version, string story)
    {
        using var kubectl = KubectlBinary.Find(version);
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = 2 });
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(8), TimeProvider.System);
        var steps = Stories[story].Where(step => step.Since <= kubectl.Minor).ToList();
        var problems = new List<string>();
        await kubectl.RunAsync(cluster.KubeconfigPath, ["create", "namespace", "story"], "", patience.Token);
        foreach (var step in steps)
        {
            var (exitCode, output) = await kubectl.RunAsync(cluster.KubeconfigPath, step.Words("story"), step.Input ?? "", patience.Token);
            if (exitCode != step.ExitCode || !Regex.IsMatch(output, step.Pattern.Replace("NS", "story")))
                problems.Add($"kubectl {step.Arguments}\n/{step.Pattern}/ and exit code {step.ExitCode} expected, not {exitCode}:\n{output}");
        }

        Assert.True(problems.Count == 0, $"{problems.Count} of {steps.Count} steps failed:\n\n{string.Join("\n\n", problems)}");
    }

    [Theory]
    [InlineData("1.27")]
    [InlineData("1.33")]
    public async Task DescribesEveryKind(string version)
    {
        using var kubectl = KubectlBinary.Find(version);
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = 1 });
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(8), TimeProvider.System);
        await kubectl.RunAsync(cluster.KubeconfigPath, ["apply", "-f", "-"], Manifests.EveryKind, patience.Token);
        // Of volume attributes classes kubectl 1.33 asks for a version that v1.36 no longer has.
        var kinds = BuiltIn.Resources.Where(r => r.Verbs.Contains("list") && r.Plural != "volumeattributesclasses").Select(r => r.QualifiedPlural).Distinct();
        var described = await kubectl.RunAsync(cluster.KubeconfigPath, ["describe", string.Join(',', kinds), "-A"], "", patience.Token);
        Assert.True(described.ExitCode == 0, described.Output[^Math.Min(2000, described.Output.Length)..]);
        foreach (var expected in Manifests.Described)
            Assert.Matches(expected, described.Output);
    }
}
