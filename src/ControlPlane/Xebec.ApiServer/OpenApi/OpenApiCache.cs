using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Xebec.Api;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Aggregation;
using Xebec.ApiServer.Discovery;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.OpenApi;

/// <summary>The documents, made when they are first asked for and kept compressed until the catalog changes.</summary>
internal sealed class OpenApiCache(ResourceCatalog catalog, RemoteApis remotes, RemoteDocuments remoteDocuments)
{
    private readonly Lock _making = new();
    private readonly Dictionary<(GroupVersion? Part, bool IsProtobuf), (string Hash, byte[] Zipped)> _documents = [];
    private volatile Served? _served;

    // What is served at one generation of the catalog, by group and version in order, with the hashes made so far.
    private sealed record Served(long Generation, ServedResource[] All, SortedDictionary<string, (GroupVersion Part, ServedResource[] Resources)> Parts)
    {
        public ConcurrentDictionary<string, string> Hashes { get; } = new(StringComparer.Ordinal);
    }

    /// <summary>The groups and versions served, in order.</summary>
    public IEnumerable<GroupVersion> GroupVersions => Current().Parts.Values.Select(p => p.Part);

    /// <summary>What other servers serve, and what they say of it.</summary>
    public IEnumerable<(RemoteApi Api, RemoteDocument Document)> Remotes() =>
        remotes.All.Select(a => (a, remoteDocuments.Find(a.GroupVersion))).Where(r => r.Item2 is not null).Select(r => (r.a, r.Item2!))
            .OrderBy(r => r.a.Name, StringComparer.Ordinal);

    /// <summary>The hash of a group and version's document, or of the 2.0 document. It is of what the document is made from.</summary>
    public string Hash(GroupVersion? part) => Current().Hashes.GetOrAdd(
        part is { } one ? DiscoveryEndpoints.PathOf(one) : "", static (_, self) => self.Cache.MakeHash(self.Part), (Cache: this, Part: part));

    private string MakeHash(GroupVersion? part)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(typeof(BuiltIn).Module.ModuleVersionId.ToByteArray());
        hash.AppendData(typeof(OpenApiCache).Module.ModuleVersionId.ToByteArray());
        foreach (var resource in Resources(part))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{resource.Info.GroupVersion} {resource.Info.Kind} {resource.Info.Plural}\n"));
            if (resource.Declared is { } declared)
                hash.AppendData(declared.SchemaHash);
        }

        foreach (var (_, remote) in part is null ? Remotes() : [])
            hash.AppendData(Encoding.UTF8.GetBytes(remote.Hash));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>A document as gzip.</summary>
    /// <param name="part">A group and version, or null for the 2.0 document of everything.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="isProtobuf">Protobuf instead of JSON.</param>
    public byte[] Zipped(GroupVersion? part, string hash, bool isProtobuf)
    {
        lock (_making)
        {
            if (_documents.TryGetValue((part, isProtobuf), out var known) && known.Hash == hash)
                return known.Zipped;
            var zipped = Make(part, isProtobuf);
            _documents[(part, isProtobuf)] = (hash, zipped);
            return zipped;
        }
    }

    private byte[] Make(GroupVersion? part, bool isProtobuf)
    {
        var elsewhere = part is null ? Remotes().Select(r => r.Document.OpenApiV2).OfType<ObjectValue>() : [];
        var document = new OpenApiDocument(part is null ? OpenApiVersion.V2 : OpenApiVersion.V3, Resources(part), [.. elsewhere]);
        using var output = new MemoryStream();
        using (var zip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            if (isProtobuf)
                ProtobufDocumentWriter.Write(document, zip);
            else
                JsonDocumentWriter.Write(document, zip);
        }

        return output.ToArray();
    }

    private IReadOnlyList<ServedResource> Resources(GroupVersion? part) => part is { } one
        ? Current().Parts.GetValueOrDefault(DiscoveryEndpoints.PathOf(one)).Resources ?? []
        : Current().All;

    private Served Current()
    {
        var generation = catalog.Generation;
        if (_served is { } known && known.Generation == generation)
            return known;
        ServedResource[] all =
        [
            .. catalog.All.OrderBy(r => DiscoveryEndpoints.PathOf(r.Info.GroupVersion), StringComparer.Ordinal)
                .ThenBy(r => r.Info.Plural, StringComparer.Ordinal),
        ];
        var parts = new SortedDictionary<string, (GroupVersion, ServedResource[])>(StringComparer.Ordinal);
        foreach (var part in all.GroupBy(r => r.Info.GroupVersion))
            parts[DiscoveryEndpoints.PathOf(part.Key)] = (part.Key, [.. part]);
        return _served = new Served(generation, all, parts);
    }
}
