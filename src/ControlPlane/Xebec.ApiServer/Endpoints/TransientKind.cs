using Xebec.Api;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Endpoints;

/// <summary>A kind that is asked and answered but never stored: reviews and token requests.</summary>
internal sealed class TransientKind(string group, string version, string kind, ContentNegotiation negotiation)
{
    private static readonly CachedObject Nothing = new("", "{\"metadata\":{\"name\":\"\"}}"u8.ToArray(), 0, 0);

    private readonly ServedResource _served = new(
        new() { GroupVersion = new(group, version), Kind = kind, Plural = kind, Singular = kind, Namespaced = false, StorageFolder = "" },
        BuiltIn.Schema[$"{ShortGroup(group)}/{version}.{kind}"], new ResourceCache("", 0, TimeProvider.System), new ResourceStrategy());

    /// <summary>The object in the request's body.</summary>
    public ValueTask<ObjectValue> ReadAsync(RequestContext request) => ObjectReader.ReadAsync(
        request, _served.Schema, _served.Info.GroupVersion.ToString(), kind, WriteOptions.Read(request).FieldValidation);

    /// <summary>Answers with an object, 201 as every create does.</summary>
    public Task AnswerAsync(RequestContext request, ObjectValue answer)
    {
        var format = negotiation.Choose(request);
        var json = ObjectDecoder.Normalize(answer, _served.Schema).Object.ToUtf8();
        return Responses.WriteObjectAsync(request with { Resource = _served }, format, new CachedObject(Nothing, json), 201);
    }

    // Schema packages are named by the first label of their group: authentication.k8s.io is authentication.
    private static string ShortGroup(string group) => group.Split('.')[0];
}
