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

/// <summary>Requests to start from: examples, expressions, selectors, and populated objects of every kind in every format.</summary>
internal sealed class FuzzSeeds(int seed)
{
    private static readonly string[] PatchTypes =
        ["application/merge-patch+json", "application/strategic-merge-patch+json", "application/apply-patch+yaml"];

    private readonly Random _random = new(seed);
    private readonly RandomObjects _objects = new(seed);

    /// <summary>The next request, before anything is done to it.</summary>
    public FuzzRequest Next() => _random.Next(16) switch
    {
        < 7 => FuzzExamples.All[_random.Next(FuzzExamples.All.Count)],
        7 => FuzzExpressions.Next(_random),
        8 => FuzzExamples.Selection(_random),
        _ => OfAnyKind(),
    };

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

    /// <summary>The path of its collection in the namespace default.</summary>
    public static string PathOf(ResourceInfo resource)
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
}
