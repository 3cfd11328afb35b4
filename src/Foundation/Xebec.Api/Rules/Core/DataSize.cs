using System.Text;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>How much a ConfigMap or Secret holds, in bytes.</summary>
internal static class DataSize
{
    /// <summary>The most it may hold: 1 MiB.</summary>
    public const int MaximumBytes = 1024 * 1024;

    public static long OfTexts(ObjectValue data)
    {
        var total = 0L;
        foreach (var (_, value) in data)
            total += Encoding.UTF8.GetByteCount(value.AsString() ?? "");
        return total;
    }

    public static long OfBase64(ObjectValue data)
    {
        var total = 0L;
        foreach (var (_, value) in data)
        {
            var text = value.AsString() ?? "";
            total += (text.Length / 4 * 3) - (text.EndsWith("==", StringComparison.Ordinal) ? 2 : text.EndsWith('=') ? 1 : 0);
        }

        return total;
    }
}
