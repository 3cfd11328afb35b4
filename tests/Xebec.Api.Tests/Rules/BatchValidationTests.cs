using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Tests.Rules;

/// <summary>Jobs and CronJobs: what upstream says of policies, indexes and the end of a job.</summary>
public sealed class BatchValidationTests
{
    private const string Job = """
        {"metadata":{"name":"m","namespace":"n"},"spec":{"completionMode":"Indexed","completions":10,"parallelism":2,"backoffLimitPerIndex":1,
        "template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}
        """;

    private const string CronJob = """
        {"metadata":{"name":"m","namespace":"n"},"spec":{"schedule":"0 0 * * *",
        "jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}}}
        """;

    [Theory]
    [InlineData("spec/maxFailedIndexes", "11", "spec.maxFailedIndexes: Invalid value: 11: must be less than or equal to completions")]
    [InlineData("spec/parallelism", "100001", "spec.parallelism: Invalid value: 100001: must be less than or equal to 100000 when completion mode is Indexed")]
    [InlineData("spec/completions", "100001", "spec.maxFailedIndexes: Required value: must be specified when completions is above 100000")]
    [InlineData("spec/completionMode", "\"NonIndexed\"", "spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode")]
    [InlineData("spec/completionMode", "\"X\"", "spec.completionMode: Unsupported value: \"X\": supported values: \"NonIndexed\", \"Indexed\"|spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode")]
    [InlineData("spec/managedBy", "\"x\"", "spec.managedBy: Invalid value: \"x\": must be a domain-prefixed path (such as \"acme.io/foo\")")]
    [InlineData("spec/managedBy", "\"acme.io/foo\"", "")]
    [InlineData("spec/podReplacementPolicy", "\"X\"", "spec.podReplacementPolicy: Unsupported value: \"X\": supported values: \"Failed\", \"TerminatingOrFailed\"")]
    [InlineData("spec/successPolicy", """{"rules":[]}""", "spec.successPolicy.rules: Required value: at least one rules must be specified when the successPolicy is specified")]
    [InlineData("spec/successPolicy", """{"rules":[{}]}""", "spec.successPolicy.rules[0]: Required value: at least one of succeededCount or succeededIndexes must be specified")]
    [InlineData("spec/successPolicy", """{"rules":[{"succeededIndexes":"1,3-5","succeededCount":4}]}""", "")]
    [InlineData("spec/successPolicy", """{"rules":[{"succeededIndexes":"1,3-5","succeededCount":5}]}""", "spec.successPolicy.rules[0].succeededCount: Invalid value: 5: must be less than or equal to 4 (the number of indexes in the specified succeededIndexes field)")]
    [InlineData("spec/successPolicy", """{"rules":[{"succeededIndexes":"5,3"}]}""", "spec.successPolicy.rules[0].succeededIndexes: Invalid value: \"5,3\": error parsing succeededIndexes: non-increasing order, previous: 5, current: 3")]
    [InlineData("spec/successPolicy", """{"rules":[{"succeededIndexes":"1-10"}]}""", "spec.successPolicy.rules[0].succeededIndexes: Invalid value: \"1-10\": error parsing succeededIndexes: too large index: \"10\"")]
    [InlineData("spec/podFailurePolicy", """{"rules":[{"action":"Ignore"}]}""", "spec.podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required")]
    [InlineData("spec/podFailurePolicy", """{"rules":[{"onExitCodes":{"operator":"In","values":[1]}}]}""", "spec.podFailurePolicy.rules[0].action: Required value: valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]")]
    [InlineData("spec/podFailurePolicy", """{"rules":[{"action":"FailJob","onExitCodes":{"containerName":"x","operator":"In","values":[2,0,2]}}]}""", "spec.podFailurePolicy.rules[0].onExitCodes.containerName: Invalid value: \"x\": must be one of the container or initContainer names in the pod template|spec.podFailurePolicy.rules[0].onExitCodes.values[1]: Invalid value: 0: must not be 0 for the In operator|spec.podFailurePolicy.rules[0].onExitCodes.values[2]: Duplicate value: 2|spec.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: [2,0,2]: must be ordered")]
    [InlineData("spec/podFailurePolicy", """{"rules":[{"action":"Ignore","onPodConditions":[{"type":"DisruptionTarget","status":"X"}]}]}""", "spec.podFailurePolicy.rules[0].onPodConditions[0].status: Unsupported value: \"X\": supported values: \"False\", \"True\", \"Unknown\"")]
    [InlineData("spec/template/spec/restartPolicy", "\"X\"", "spec.template.spec.restartPolicy: Unsupported value: \"X\": supported values: \"OnFailure\", \"Never\"")]
    [InlineData("metadata/name", "\"a.b\"", "metadata.name: Invalid value: \"a.b\": will not able to create pod with invalid DNS label: a.b-9")]
    public void AMistakeInAJobIsNamed(string path, string json, string messages)
    {
        var item = RuleCheck.Complete("batch/v1.Job", Job);
        if (path == "spec/podFailurePolicy")
            item.Set("spec/podReplacementPolicy", "\"Failed\"");
        item.Set(path, json);
        var errors = RuleCheck.Create("batch/v1.Job", item).Where(e => !IsOfThePod(e));
        Assert.Equal(messages.Split('|', StringSplitOptions.RemoveEmptyEntries), errors);
    }

    [Theory]
    [InlineData("spec/jobTemplate/spec/selector", "{}", "spec.jobTemplate.spec.selector: Invalid value: {}: `selector` will be auto-generated")]
    [InlineData("spec/jobTemplate/spec/manualSelector", "true", "spec.jobTemplate.spec.manualSelector: Unsupported value: true: supported values: \"nil\", \"false\"")]
    public void AMistakeInACronJobIsNamed(string path, string json, string message)
    {
        var item = RuleCheck.Complete("batch/v1.CronJob", CronJob);
        item.Set(path, json);
        Assert.Equal([message], RuleCheck.Create("batch/v1.CronJob", item));
    }

    [Theory]
    [InlineData("""{"conditions":[{"type":"Complete","status":"True"}],"startTime":"2026-01-01T00:00:00Z","completionTime":"2026-01-01T00:00:01Z"}""", "status.conditions: Invalid value: cannot set Complete=True condition without the SuccessCriteriaMet=true condition")]
    [InlineData("""{"conditions":[{"type":"SuccessCriteriaMet","status":"True"},{"type":"Complete","status":"True"}],"startTime":"2026-01-01T00:00:00Z"}""", "status.completionTime: Required value: completionTime is required for Complete jobs")]
    [InlineData("""{"conditions":[{"type":"SuccessCriteriaMet","status":"True"},{"type":"Complete","status":"True"}],"startTime":"2026-01-01T00:00:02Z","completionTime":"2026-01-01T00:00:01Z"}""", "status.completionTime: Invalid value: \"2026-01-01T00:00:01Z\": completionTime cannot be set before startTime")]
    [InlineData("""{"conditions":[{"type":"FailureTarget","status":"True"},{"type":"Failed","status":"True"}],"startTime":"2026-01-01T00:00:00Z","active":1,"failed":1}""", "status.active: Invalid value: 1: active>0 is invalid for finished job")]
    [InlineData("""{"failed":0}""", "status.failed: Invalid value: 0: cannot decrease the failed counter")]
    [InlineData("""{"failed":1,"ready":2,"active":1}""", "status.ready: Invalid value: 2: cannot set more ready pods than active")]
    [InlineData("""{"failed":1,"completedIndexes":"1-3","failedIndexes":"3"}""", "status.failedIndexes: Invalid value: \"3\": failedIndexes and completedIndexes overlap at index: 3")]
    [InlineData("""{"failed":1,"succeeded":-1}""", "status.succeeded: Invalid value: -1: must be greater than or equal to 0|status.succeeded: Invalid value: -1: cannot decrease the succeeded counter")]
    [InlineData("""{"conditions":[{"type":"SuccessCriteriaMet","status":"True"},{"type":"Complete","status":"True"}],"startTime":"2026-01-01T00:00:00Z","completionTime":"2026-01-01T00:00:01Z","failed":1}""", "")]
    public void AJobEndsConsistently(string status, string message)
    {
        var item = RuleCheck.Complete("batch/v1.Job", Job);
        item.Set("status", """{"failed":1}""");
        if (!status.Contains("failed", StringComparison.Ordinal))
            item.Remove("status");
        Assert.Equal(message.Split('|', StringSplitOptions.RemoveEmptyEntries), RuleCheck.Update("batch/v1.Job", item, i => i.Set("status", status), "status"));
    }

    [Theory]
    [InlineData("spec/template/spec/containers/0/resources", """{"requests":{"cpu":"2"}}""", true)]
    [InlineData("spec/template/spec/affinity", """{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"a","operator":"Exists"}]}]}}}""", true)]
    [InlineData("spec/template/spec/affinity", """{"podAntiAffinity":{}}""", false)]
    [InlineData("spec/template/spec/tolerations", """[{"key":"a","operator":"Exists"}]""", true)]
    [InlineData("spec/template/metadata/labels", """{"a":"b"}""", true)]
    [InlineData("spec/template/spec/containers/0/image", "\"x\"", false)]
    public void AnIdleSuspendedJobIsToldAnew(string path, string json, bool isAllowed)
    {
        var item = RuleCheck.Complete("batch/v1.Job", Job);
        item.Set("spec/suspend", "true");
        Assert.Equal(isAllowed, RuleCheck.Update("batch/v1.Job", item, i => i.Set(path, json)).Length == 0);
        item.Set("status", """{"active":1}""");
        Assert.NotEmpty(RuleCheck.Update("batch/v1.Job", item, i => i.Set(path, json)));
    }

    [Fact]
    public void AnIndexedJobIsScaledInTandem()
    {
        var item = RuleCheck.Complete("batch/v1.Job", Job);
        Assert.Equal(
            ["spec.completions: Invalid value: 5: can only be modified in tandem with spec.parallelism"],
            RuleCheck.Update("batch/v1.Job", item, i => i.Set("spec/completions", "5")));
        Assert.Empty(RuleCheck.Update("batch/v1.Job", item, i => i.Set("spec/completions", "2")));
    }

    // A template is checked as any other: only what is said of the job counts here.
    private static bool IsOfThePod(string error) => error.StartsWith("spec.template.spec.restartPolicy: Unsupported value: \"X\": supported values: \"Always\"", StringComparison.Ordinal);
}
