using System.Text;
using Xebec.ApiMachinery.Protobuf;

namespace Xebec.ApiServer.Endpoints;

/// <summary>How a body is refused that does not even say what it is: with its beginning, as upstream does.</summary>
internal static class UnreadableBody
{
    private const int ShownBytes = 30;

    /// <summary>The message.</summary>
    /// <param name="body">The body.</param>
    /// <param name="mediaType">Its media type.</param>
    /// <param name="kind">The kind it should be of.</param>
    /// <param name="why">What is wrong with it.</param>
    public static string Message(ReadOnlySpan<byte> body, string mediaType, string kind, string why)
    {
        var where = mediaType == KubernetesProtobuf.MediaType ? "" : "couldn't get version/kind; json parse error: ";
        return $"the object provided is unrecognized (must be of type {kind}): {where}{why} ({Beginning(body)})";
    }

    private static string Beginning(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
            return "<empty>";
        var shown = body[..Math.Min(body.Length, ShownBytes)];
        var text = body[0] == '{' ? Encoding.UTF8.GetString(shown) : Convert.ToHexStringLower(shown);
        return body.Length > ShownBytes ? text + " ..." : text;
    }
}
