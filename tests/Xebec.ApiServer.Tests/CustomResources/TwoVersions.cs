using System.Net;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.CustomResources;

/// <summary>A definition with v1, stored first, and v2, stored from a moment on.</summary>
internal static class TwoVersions
{
    public const string NewerPath = "/apis/stable.example.com/v2/namespaces/default/crontabs";

    public static string Definition(string specSchema)
    {
        var definition = (ObjectValue)Value.Parse(CronTabs.Definition(specSchema));
        var versions = definition.GetObject("spec")!.GetList("versions")!;
        var newer = (ObjectValue)versions[0].DeepClone();
        (newer["name"], newer["storage"]) = ("v2", false);
        versions.Add(newer);
        return definition.ToString();
    }

    /// <summary>Lets v2 be stored. The watches of a form of the definition end when it is served no more.</summary>
    public static async Task StoreTheNewerAsync(TestServer server)
    {
        await using var older = await WatchLines.OpenAsync(server.Http, CronTabs.Path + "?watch=true");
        const string Patch = """[{"op":"replace","path":"/spec/versions/0/storage","value":false},{"op":"replace","path":"/spec/versions/1/storage","value":true}]""";
        var (code, changed) = await server.SendAsync(HttpMethod.Patch, CronTabs.DefinitionPath, Patch, "application/json-patch+json");
        Assert.True(code == HttpStatusCode.OK, changed.ToString());
        Assert.Equal("""["v1","v2"]""", changed.GetObject("status")!["storedVersions"]!.ToString());
        await older.EndAsync();
    }
}
