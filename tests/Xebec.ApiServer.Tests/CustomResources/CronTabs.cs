using System.Net;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.CustomResources;

/// <summary>A definition for tests, and how to wait until it is served.</summary>
internal static class CronTabs
{
    public const string DefinitionsPath = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    public const string DefinitionPath = DefinitionsPath + "/crontabs.stable.example.com";
    public const string Path = "/apis/stable.example.com/v1/namespaces/default/crontabs";

    /// <summary>A version v1 of a schema for spec.</summary>
    public static string Definition(string specSchema, string versionExtras = "") => $$$"""
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"crontabs.stable.example.com"},
         "spec":{"group":"stable.example.com","scope":"Namespaced",
           "names":{"plural":"crontabs","singular":"crontab","kind":"CronTab","shortNames":["ct"],"categories":["all"]},
           "versions":[{"name":"v1","served":true,"storage":true{{{versionExtras}}},
             "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{{{specSchema}}},
               "status":{"type":"object","x-kubernetes-preserve-unknown-fields":true} } } } }]} }
        """;

    public static string Object(string name, string rest) =>
        $$$"""{"apiVersion":"stable.example.com/v1","kind":"CronTab","metadata":{"name":"{{{name}}}"},{{{rest}}}}""";

    /// <summary>Creates a definition and waits until it is established.</summary>
    public static async Task DefineAsync(TestServer server, string definition)
    {
        var (code, body) = await server.SendAsync(HttpMethod.Post, DefinitionsPath, definition);
        Assert.True(code == HttpStatusCode.Created, body.ToString());
        await WaitAsync(server, body.GetObject("metadata")!.GetString("name")!, item => HasCondition(item, "Established"));
    }

    /// <summary>Waits, by a watch, until a definition is as wanted.</summary>
    public static async Task<ObjectValue> WaitAsync(TestServer server, string name, Func<ObjectValue, bool> isDone)
    {
        await using var watch = await WatchLines.OpenAsync(server.Http, $"{DefinitionsPath}?watch=true&fieldSelector=metadata.name={name}");
        while (true)
        {
            var change = await watch.NextAsync();
            if (isDone(change.GetObject("object")!))
                return change.GetObject("object")!;
        }
    }

    public static bool HasCondition(ObjectValue item, string type, string status = "True") =>
        item.GetObject("status")?.GetList("conditions")?.Any(
            c => c.AsObject()!.GetString("type") == type && c.AsObject()!.GetString("status") == status) == true;

    /// <summary>The message of a refusal.</summary>
    public static string Message(ObjectValue status) => status.GetString("message") ?? "";
}
