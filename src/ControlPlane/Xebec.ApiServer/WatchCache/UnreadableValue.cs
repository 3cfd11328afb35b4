using System.Text;

namespace Xebec.ApiServer.WatchCache;

/// <summary>A stored value that nobody can read (a key that is no longer there), which takes the place of the object's bytes.</summary>
internal static class UnreadableValue
{
    private static readonly byte[] Prefix = "unreadable:"u8.ToArray();

    /// <summary>A value that says why there is none.</summary>
    public static ReadOnlyMemory<byte> Because(string reason) => (byte[])[.. Prefix, .. Encoding.UTF8.GetBytes(reason)];

    /// <summary>Why a value is unreadable, null when it is an object. What was encrypted is unreadable to a server that has no keys.</summary>
    public static string? ReasonOf(ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty && value[0] == (byte)'{')
            return null;
        if (value.StartsWith(Prefix))
            return Encoding.UTF8.GetString(value[Prefix.Length..]);
        return value.StartsWith("k8s:enc:"u8) ? "identity transformer tried to read encrypted data" : "the stored value is no object";
    }
}
