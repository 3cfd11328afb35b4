using System.Buffers;
using Microsoft.AspNetCore.Http;
using Xebec.Api;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Protobuf;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Discovery;

/// <summary>How a discovery document is asked for.</summary>
/// <param name="IsProtobuf">Protobuf instead of JSON.</param>
/// <param name="AggregatedVersion">v2 or v2beta1 for aggregated discovery, empty for the classic documents.</param>
internal readonly record struct DiscoveryFormat(bool IsProtobuf, string AggregatedVersion)
{
    private const string AggregatedKind = "APIGroupDiscoveryList";

    /// <summary>The Content-Type of the answer.</summary>
    public string ContentType
    {
        get
        {
            var type = IsProtobuf ? KubernetesProtobuf.MediaType : "application/json";
            return AggregatedVersion.Length == 0 ? type : $"{type};g=apidiscovery.k8s.io;v={AggregatedVersion};as={AggregatedKind}";
        }
    }

    /// <summary>The first acceptable format of a request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="aggregates">Whether the path has an aggregated document (/api and /apis do).</param>
    /// <exception cref="ApiException">406 when there is none.</exception>
    public static DiscoveryFormat Choose(HttpContext http, bool aggregates)
    {
        var accept = http.Request.Headers.Accept.ToString();
        if (accept.Length == 0)
            return new DiscoveryFormat(false, "");
        foreach (var text in accept.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Find(MediaRange.Parse(text), aggregates) is { } format)
                return format;
        }

        throw ApiErrors.NotAcceptable(["application/json", KubernetesProtobuf.MediaType]);
    }

    /// <summary>Writes a document.</summary>
    public byte[] Encode(ObjectValue document)
    {
        if (!IsProtobuf)
            return document.ToUtf8();
        var package = AggregatedVersion.Length == 0 ? "meta/v1." : "apidiscovery/v2.";
        var schema = BuiltIn.Schema[package + document.GetString("kind")];
        var output = new ArrayBufferWriter<byte>(4096);
        KubernetesProtobuf.Encode(ObjectDecoder.Normalize(document, schema).Object, schema, output);
        return output.WrittenSpan.ToArray();
    }

    private static DiscoveryFormat? Find(MediaRange range, bool aggregates)
    {
        var protobuf = range.Type == KubernetesProtobuf.MediaType;
        if (!protobuf && range.Type is not ("application/json" or "application/*" or "*/*"))
            return null;
        if (range.As.Length == 0)
            return new DiscoveryFormat(protobuf, "");
        var known = range is { Group: "apidiscovery.k8s.io", As: AggregatedKind, Version: "v2" or "v2beta1" };
        return aggregates && known ? new DiscoveryFormat(protobuf, range.Version) : null;
    }
}
