using System.Text.RegularExpressions;
using Xebec.ApiServer.Tests.CustomResources;
using Xebec.Tests;

namespace Xebec.ApiServer.Tests.OpenApi;

/// <summary>What the oldest and the newest kubectl make of custom resources: create and apply with validation, and explain.</summary>
public sealed class KubectlCustomTests
{
    private const string Bars = """
        "spec":{"type":"object","description":"Specification of Foo","properties":{"bars":{"type":"array","description":"List of Bars and their specs.",
          "items":{"type":"object","required":["name"],"properties":{"name":{"type":"string","description":"Name of Bar."},
            "feeling":{"type":"string","enum":["Great","Down"]} } } } } }
        """;

    [Fact]
    [Conformance("[sig-api-machinery] CustomResourcePublishOpenAPI [Privileged:ClusterAdmin] works for CRD with validation schema")]
    public Task A_schema_is_held_and_explained() => CheckAsync(
        $$"""{"type":"object","description":"Foo CRD for Testing","properties":{ {{Bars}} } }""",
        new("create", "spec: {bars: [{name: a, feeling: Great}]}"), new("apply", "spec: {bars: [{name: b}]}"),
        new("create", "spec: {bars: [{name: a, foo: 1}]}", "unknown field \"spec.bars\\[0\\].foo\""), new("create", "foo: 1", "unknown field \"foo\""),
        new("apply", "spec: {bars: [{feeling: Great}]}", "spec.bars\\[0\\].name: Required value|missing required field \"name\""),
        new("create", "spec: {bars: [{name: a, feeling: NonExist}]}", "Unsupported value: \"NonExist\""),
        new("explain foos", Pattern: "DESCRIPTION:\\s+Foo CRD for Testing\\s+FIELDS:[\\s\\S]*apiVersion[\\s\\S]*metadata[\\s\\S]*spec"),
        new("explain foos.metadata", Pattern: "FIELDS:[\\s\\S]*creationTimestamp"),
        new("explain foos.spec", Pattern: "Specification of Foo\\s+FIELDS:\\s+bars\\s+<\\[\\]Object>\\s+List of Bars and their specs."),
        new("explain foos.spec.bars", Pattern: "feeling[\\s\\S]*name\\s+<string> -required-\\s+Name of Bar."),
        new("explain foos.spec.bars --output=plaintext-openapiv2", Pattern: "name\\s+<string> -required-\\s+Name of Bar."),
        new("explain foos.spec.bars2", Refusal: "field \"[a-z.]*bars2\" does not exist"));

    [Fact]
    [Conformance("[sig-api-machinery] CustomResourcePublishOpenAPI [Privileged:ClusterAdmin] works for CRD without validation schema")]
    public Task Without_a_schema_everything_is_taken() => CheckAsync(
        """{"type":"object","x-kubernetes-preserve-unknown-fields":true}""",
        new("create", "a: {b: [1]}"), new("apply", "a: {b: [2]}"), new("apply", "a: {b: [2], c: true}"), new("explain foos", Pattern: "DESCRIPTION:\\s+<empty>"));

    [Fact]
    [Conformance("[sig-api-machinery] CustomResourcePublishOpenAPI [Privileged:ClusterAdmin] works for CRD preserving unknown fields at the schema root")]
    public Task An_open_root_takes_fields_beside_the_schema() => CheckAsync(
        $$"""{"type":"object","x-kubernetes-preserve-unknown-fields":true,"description":"preserve-unknown-properties at root","properties":{ {{Bars}} } }""",
        new("create", "a: 1\nspec: {bars: [{name: a}]}"), new("apply", "a: 2\nspec: {bars: [{name: b}]}"),
        new("create", "a: 1\nspec: {bars: [{name: 7}]}", "must be of type string"),
        new("explain foos", Pattern: "DESCRIPTION:\\s+preserve-unknown-properties at root"));

    [Fact]
    [Conformance("[sig-api-machinery] CustomResourcePublishOpenAPI [Privileged:ClusterAdmin] works for CRD preserving unknown fields in an embedded object")]
    public Task An_open_object_takes_fields_beside_the_schema() => CheckAsync(
        """
        {"type":"object","description":"preserve-unknown-properties in nested field","properties":{"spec":{"type":"object","description":"Specification of Foo",
          "x-kubernetes-preserve-unknown-fields":true,"properties":{"known":{"type":"string"} } } } }
        """,
        new("create", "spec: {known: a, b: [{c: d}]}"), new("apply", "spec: {b: [{c: e}]}"), new("create", "b: 1", "unknown field \"b\""),
        new("create", "spec: {known: 7}", "must be of type string"),
        new("explain foos", Pattern: "DESCRIPTION:\\s+preserve-unknown-properties in nested field[\\s\\S]*spec\\s+<Object>\\s+Specification of Foo"));

    /// <summary>A command of kubectl.</summary>
    /// <param name="Command">Its words; create and apply read an object.</param>
    /// <param name="Fields">The object's fields in YAML.</param>
    /// <param name="Refusal">A regular expression that the error matches; empty when there must be none.</param>
    /// <param name="Pattern">A regular expression that the output matches.</param>
    private sealed record Step(string Command, string Fields = "", string Refusal = "", string Pattern = "");

    private static async Task CheckAsync(string schema, params Step[] steps)
    {
        var binaries = KubectlServer.Binaries();
        await using var server = await KubectlServer.StartAsync();
        await CronTabs.DefineAsync(server.Server, $$"""
            {"metadata":{"name":"foos.kubectl.example.com"},"spec":{"group":"kubectl.example.com","scope":"Cluster","names":{"plural":"foos","kind":"Foo"},
             "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{{schema}} } }]} }
            """);
        await Task.WhenAll(new[] { binaries[0], binaries[^1] }.Distinct().Select(kubectl => RunAsync(server, kubectl, steps)));
    }

    private static async Task RunAsync(KubectlServer server, string kubectl, Step[] steps)
    {
        var made = 0;
        foreach (var step in steps)
        {
            made += step.Command == "create" ? 1 : 0;
            var name = $"{Path.GetFileName(kubectl)}-{made}";
            var input = step.Fields.Length == 0 ? "" : $"apiVersion: kubectl.example.com/v1\nkind: Foo\nmetadata: {{name: {name}}}\n{step.Fields}\n";
            string[] words = [.. step.Command.Split(' '), .. input.Length == 0 ? Array.Empty<string>() : ["--validate=true", "-f", "-"]];
            var (exitCode, output, error) = await server.TryAsync(kubectl, input, words);
            Assert.True(exitCode == 0 == (step.Refusal.Length == 0), $"{name}: {step}: {output}{error}");
            Assert.True(Regex.IsMatch(exitCode == 0 ? output : error, exitCode == 0 ? step.Pattern : step.Refusal), $"{name}: {step}: {output}{error}");
        }
    }
}
