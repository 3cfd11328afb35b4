using System.Buffers;
using System.Text;
using Xebec.Api;
using Xebec.Api.Tests.Fixtures;
using Xebec.ApiMachinery.Protobuf;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;
using Xebec.ApiMachinery.Yaml;

namespace Xebec.ApiServer.Tests.Errors;

/// <summary>Requests to start from: some written by hand, and populated objects of every kind in every format.</summary>
internal sealed class FuzzSeeds(int seed)
{
    private static readonly FuzzRequest[] Seeds =
    [
        Seed("POST", "/api/v1/namespaces/default/configmaps", "application/json", """{"metadata":{"name":"a","labels":{"a":"b"}},"data":{"k":"v"}}"""),
        Seed("POST", "/api/v1/namespaces/default/configmaps", "application/yaml", "metadata:\n  name: b\ndata:\n  k: \"v\"\n  l: |\n    text\n"),
        Seed("POST", "/apis/apps/v1/namespaces/default/deployments", "application/json", """{"metadata":{"name":"d"},"spec":{"replicas":1,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i","resources":{"limits":{"cpu":"1"}},"ports":[{"containerPort":80}]}]}}}}"""),
        Seed("POST", "/api/v1/namespaces/default/services", "application/json", """{"metadata":{"generateName":"s"},"spec":{"ports":[{"port":80,"targetPort":"http"}],"selector":{"a":"b"}}}"""),
        Seed("PUT", "/api/v1/namespaces/default/configmaps/seed", "application/json", """{"metadata":{"name":"seed","resourceVersion":"1"},"data":{"k":"w"}}"""),
        Seed("PATCH", "/api/v1/namespaces/default/configmaps/seed", "application/merge-patch+json", """{"data":{"k":null,"m":"n"}}"""),
        Seed("PATCH", "/api/v1/namespaces/default/configmaps/seed", "application/json-patch+json", """[{"op":"test","path":"/data/k","value":"v"},{"op":"move","from":"/data/k","path":"/data/l"}]"""),
        Seed("PATCH", "/api/v1/namespaces/default/configmaps/seed", "application/strategic-merge-patch+json", """{"metadata":{"labels":{"$patch":"replace","x":"y"},"finalizers":["a/b"],"$setElementOrder/finalizers":["a/b"]}}"""),
        Seed("PATCH", "/api/v1/namespaces/default/configmaps/seed?fieldManager=f&force=true", "application/apply-patch+yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: seed}\ndata: {k: v}\n"),
        Seed("GET", "/api/v1/namespaces/default/configmaps?labelSelector=a%3Db,c!%3Dd&fieldSelector=metadata.name%3Da&limit=1", "", ""),
        Seed("GET", "/api/v1/pods?resourceVersion=1&resourceVersionMatch=NotOlderThan&continue=abc", "", ""),
        Seed("DELETE", "/api/v1/namespaces/default/configmaps/seed?propagationPolicy=Background", "application/json", """{"gracePeriodSeconds":0,"preconditions":{"uid":"x"}}"""),
    ];


    private static readonly string[] PatchTypes =
        ["application/merge-patch+json", "application/strategic-merge-patch+json", "application/apply-patch+yaml"];

    private readonly Random _random = new(seed);
    private readonly RandomObjects _objects = new(seed);

    /// <summary>The next request, before anything is done to it.</summary>
    public FuzzRequest Next() => _random.Next(2) == 0 ? Seeds[_random.Next(Seeds.Length)] : OfAnyKind();

    private FuzzRequest OfAnyKind()
    {
        var resource = BuiltIn.Resources[_random.Next(BuiltIn.Resources.Count)];
        var schema = BuiltIn.KindSchema(resource.GroupVersion, resource.Kind);
        var tree = _objects.Make(schema);
        tree["apiVersion"] = resource.GroupVersion.ToString();
        tree["kind"] = resource.Kind;
        tree["metadata"] = Metadata(resource);
        var path = PathOf(resource);
        return _random.Next(4) switch
        {
            0 => new FuzzRequest("POST", path, "application/vnd.kubernetes.protobuf", Protobuf(tree, schema)),
            1 => new FuzzRequest("POST", path, "application/yaml", Encoding.UTF8.GetBytes(YamlWriter.Write(tree))),
            2 => new FuzzRequest("PATCH", $"{path}/{Name}{Subresource(resource)}?fieldManager=fuzz", PatchTypes[_random.Next(3)], tree.ToUtf8()),
            _ => new FuzzRequest("PUT", $"{path}/{Name}{Subresource(resource)}", "application/json", tree.ToUtf8()),
        };
    }

    private const string Name = "fuzz";

    private static ObjectValue Metadata(ResourceInfo resource) => resource.Namespaced
        ? new ObjectValue { ["name"] = Name, ["namespace"] = "default" }
        : new ObjectValue { ["name"] = Name };

    private string Subresource(ResourceInfo resource) => resource.Subresources.Count == 0 || _random.Next(2) == 0
        ? ""
        : "/" + resource.Subresources[_random.Next(resource.Subresources.Count)].Name;

    private static string PathOf(ResourceInfo resource)
    {
        var version = resource.GroupVersion;
        var root = version.Group.Length == 0 ? $"/api/{version.Version}" : $"/apis/{version.Group}/{version.Version}";
        return resource.Namespaced ? $"{root}/namespaces/default/{resource.Plural}" : $"{root}/{resource.Plural}";
    }

    private static byte[] Protobuf(ObjectValue tree, StructSchema schema)
    {
        var output = new ArrayBufferWriter<byte>();
        KubernetesProtobuf.Encode(tree, schema, output);
        return output.WrittenSpan.ToArray();
    }

    private static FuzzRequest Seed(string method, string path, string type, string body) =>
        new(method, path, type, Encoding.UTF8.GetBytes(body));
}
