using System.Net;

namespace Xebec.ApiServer.Tests.Registry.Batch;

/// <summary>The labels and the selector that a job is given.</summary>
public sealed class JobStrategyTests
{
    private const string Path = "/apis/batch/v1/namespaces/default/jobs";

    [Fact]
    public async Task A_job_selects_its_own_pods()
    {
        await using var server = await TestServer.StartAsync();
        var (code, job) = await server.SendAsync(HttpMethod.Post, Path, Job("a", ""));
        Assert.Equal(HttpStatusCode.Created, code);
        var (spec, uid) = (job.GetObject("spec")!, job.GetObject("metadata")!.GetString("uid"));
        Assert.Equal($$$"""{"matchLabels":{"batch.kubernetes.io/controller-uid":"{{{uid}}}"}}""", spec["selector"]!.ToString());
        Assert.Equal(
            $$$"""{"batch.kubernetes.io/controller-uid":"{{{uid}}}","batch.kubernetes.io/job-name":"a","controller-uid":"{{{uid}}}","job-name":"a"}""",
            spec.GetObject("template")!.GetObject("metadata")!["labels"]!.ToString());
        var (again, _) = await server.SendAsync(HttpMethod.Put, Path + "/a", job.ToString());
        Assert.Equal(HttpStatusCode.OK, again);
    }

    [Theory]
    [InlineData(""","manualSelector":true""", "{}", "spec.selector: Required value")]
    [InlineData("", """{"labels":{"job-name":"b"}}""", "spec.template.metadata.labels[job-name]: Invalid value: ")]
    [InlineData(""","selector":{"matchLabels":{"x":"y"}}""", """{"labels":{"x":"y"}}""", "spec.selector: Invalid value: ")]
    public async Task A_selector_of_ones_own_must_be_asked_for(string more, string metadata, string message)
    {
        await using var server = await TestServer.StartAsync();
        var (code, status) = await server.SendAsync(HttpMethod.Post, Path, Job("a", more, metadata));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Contains(message, status.GetString("message"), StringComparison.Ordinal);
    }

    private static string Job(string name, string more, string metadata = "{}") => $$$"""
        {"metadata":{"name":"{{{name}}}"},"spec":{"template":{"metadata":{{{metadata}}},"spec":{"restartPolicy":"Never",
        "containers":[{"name":"c","image":"i"}]}}{{{more}}}}}
        """;
}
