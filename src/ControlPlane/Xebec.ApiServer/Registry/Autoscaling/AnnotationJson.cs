using System.Text.Json;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Autoscaling;

/// <summary>JSON that clients wrote into an annotation: what is no JSON says nothing.</summary>
internal static class AnnotationJson
{
    /// <summary>The value, null when the text is malformed.</summary>
    public static Value? Parse(string text)
    {
        try
        {
            return Value.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
