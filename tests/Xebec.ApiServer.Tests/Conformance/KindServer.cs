using System.Globalization;
using System.Net;
using System.Text;
using Xebec.Api;
using Xebec.ApiMachinery.Resources;

namespace Xebec.ApiServer.Tests.Conformance;

/// <summary>One server for the tests of all kinds, each of which works in a namespace of its own.</summary>
public sealed class KindServer : IAsyncLifetime
{
    private int _number;

    internal TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>A number that nobody else has.</summary>
    public string NextNumber() => Interlocked.Increment(ref _number).ToString(CultureInfo.InvariantCulture);

    /// <summary>A namespace in which pods can be made.</summary>
    public async Task<string> NewNamespaceAsync()
    {
        var name = "ns-" + NextNumber();
        var created = await Server.SendAsync(HttpMethod.Post, "/api/v1/namespaces", $$$"""{"metadata":{"name":"{{{name}}}"}}""");
        Assert.Equal(HttpStatusCode.Created, created.Code);
        await Server.SendAsync(HttpMethod.Post, $"/api/v1/namespaces/{name}/serviceaccounts", """{"metadata":{"name":"default"}}""");
        return name;
    }

    /// <summary>A client of one kind.</summary>
    internal async Task<KindClient> ClientAsync(string group, string version, string plural) =>
        new(this, BuiltIn.Resource(group, version, plural), await NewNamespaceAsync());

    /// <summary>Whether the server itself does not write objects of a kind.</summary>
    internal static bool IsLeftAlone(ResourceInfo kind) => KindSamples.All.GetValueOrDefault(kind.QualifiedPlural)?.Settled is null;

    /// <summary>Checks every kind that clients can create and list, and fails with all that do not pass.</summary>
    internal async Task ForEachKindAsync(Func<KindClient, Task> check, Func<ResourceInfo, bool>? isMeant = null)
    {
        var ns = await NewNamespaceAsync();
        var failures = new StringBuilder();
        foreach (var kind in BuiltIn.Resources.Where(kind => kind.Verbs.Contains("list") && kind.Verbs.Contains("create") && isMeant?.Invoke(kind) != false))
        {
            try
            {
                await check(new KindClient(this, kind, ns));
            }
            catch (Exception e)
            {
                failures.Append(CultureInfo.InvariantCulture, $"\n{kind}: {e.Message}");
            }
        }

        Assert.True(failures.Length == 0, failures.ToString());
    }
}
