using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.Aggregation;

/// <summary>
/// The ConfigMap extension-apiserver-authentication in kube-system, from which extension servers learn whom to believe: the CA of
/// clients, and the CA and headers of the front proxy.
/// </summary>
internal sealed class ExtensionAuthentication(KubeApiServerOptions options, ResourceWriter writer, ResourceCatalog catalog)
{
    /// <summary>Makes it or brings it up to date; members of others stay.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var wanted = Data();
        if (wanted.Count == 0)
            return;
        var request = new WriteRequest
        {
            Resource = catalog.Find("", "v1", "configmaps")!,
            Namespace = "kube-system",
            Name = "extension-apiserver-authentication",
            User = UserInfo.Self,
            FieldManager = "kube-apiserver",
        };
        try
        {
            if (writer.Find(request) is null)
                await writer.CreateAsync(request, Created(request, wanted), cancellationToken);
            else
                await writer.UpdateAsync(request, stored => With(stored, wanted), cancellationToken);
        }
        catch (ApiException e) when (e.Reason is StatusReason.AlreadyExists or StatusReason.Conflict)
        {
            // Another server is doing the same.
        }
    }

    private ObjectValue Data()
    {
        var data = new ObjectValue();
        if (options.AuthorityPem.Length > 0)
            data["client-ca-file"] = options.AuthorityPem;
        if (options.RequestHeaderAuthority is not { } authority)
            return data;
        data["requestheader-allowed-names"] = Names(options.RequestHeaderAllowedNames);
        data["requestheader-client-ca-file"] = authority.ExportCertificatePem() + "\n";
        data["requestheader-extra-headers-prefix"] = Names([FrontProxyHeaders.ExtraPrefix]);
        data["requestheader-group-headers"] = Names([FrontProxyHeaders.Group]);
        data["requestheader-uid-headers"] = Names([FrontProxyHeaders.Uid]);
        data["requestheader-username-headers"] = Names([FrontProxyHeaders.User]);
        return data;
    }

    private static string Names(IEnumerable<string> names) => new ListValue(names.Select(n => (Value)n)).ToString();

    private static ObjectValue Created(WriteRequest request, ObjectValue data) => new()
    {
        { "kind", "ConfigMap" },
        { "apiVersion", "v1" },
        { "metadata", new ObjectValue { { "name", request.Name }, { "namespace", request.Namespace } } },
        { "data", data },
    };

    private static ObjectValue With(ObjectValue stored, ObjectValue wanted)
    {
        var data = stored.GetOrAddObject("data");
        foreach (var (name, value) in wanted)
            data[name] = value;
        return stored;
    }
}
