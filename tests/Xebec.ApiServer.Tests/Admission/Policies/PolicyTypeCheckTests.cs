using System.Text;
using Xebec.ApiMachinery.Values;
using Xunit;
using static Xebec.ApiServer.Tests.Admission.Policies.PolicyCluster;

namespace Xebec.ApiServer.Tests.Admission.Policies;

public sealed class PolicyTypeCheckTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Expressions_that_do_not_fit_the_kind_are_warned_of_in_the_status()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateAsync("validatingadmissionpolicies", "wrong", """
            {"matchConstraints":{"resourceRules":[{"operations":["CREATE"],"apiGroups":["apps"],"apiVersions":["v1"],"resources":["deployments"]}]},
             "validations":[{"expression":"object.spec.replicas > 1"},{"expression":"object.spec.replicas > '1'","messageExpression":"'wants more than ' + object.nothing"}]}
            """);
        var status = await StatusAsync(cluster, "wrong", 1);
        var warnings = status.GetObject("typeChecking")!.GetList("expressionWarnings")!.Select(w => w.AsObject()!).ToArray();
        Assert.Equal(
            ["spec.validations[1].expression", "spec.validations[1].messageExpression"], warnings.Select(w => w.GetString("fieldRef")));
        Assert.Equal(
            "apps/v1, Kind=Deployment: ERROR: <input>:1:22: found no matching overload for '_>_' applied to '(int, string)'\n" +
            " | object.spec.replicas > '1'\n | .....................^", warnings[0].GetString("warning"));
        Assert.Contains("undefined field 'nothing'", warnings[1].GetString("warning"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_is_checked_again()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateAsync(
            "validatingadmissionpolicies", "fine",
            """{"matchConstraints":{"resourceRules":[{"operations":["CREATE"],"apiGroups":[""],"apiVersions":["v1"],"resources":["pods"]}]},"validations":[{"expression":"true"}]}""");
        Assert.Equal("{}", (await StatusAsync(cluster, "fine", 1))["typeChecking"]!.ToString());
        await cluster.SendAsync(
            HttpMethod.Patch, Registration + "validatingadmissionpolicies/fine",
            """[{"op":"replace","path":"/spec/validations/0/expression","value":"object.nothing == 1"}]""", "application/json-patch+json");
        Assert.NotNull((await StatusAsync(cluster, "fine", 2)).GetObject("typeChecking")!.GetList("expressionWarnings"));
    }

    // The watch ends with the event that shows the generation as observed.
    private static async Task<ObjectValue> StatusAsync(PolicyCluster cluster, string name, long generation)
    {
        var path = $"{Registration}validatingadmissionpolicies?watch=1&fieldSelector=metadata.name%3D{name}";
        await using var stream = await cluster.Server.Http.GetStreamAsync(path, Cancelled);
        using var lines = new StreamReader(stream, Encoding.UTF8);
        while (await lines.ReadLineAsync(Cancelled) is { } line)
        {
            var status = ((ObjectValue)Value.Parse(line)).GetObject("object")!.GetObject("status");
            if (status?["observedGeneration"]?.AsInt64() == generation)
                return status;
        }

        throw new InvalidOperationException("the watch ended");
    }
}
