using System.Text;

namespace Xebec.Store.Sqlite.Reading;

/// <summary>The keys below a prefix, and after a key, as a half-open range of UTF-8 bytes.</summary>
internal static class KeyBounds
{
    /// <summary>The smallest byte string in the range; the one right after a key is that key and a zero byte.</summary>
    public static byte[] Start(string prefix, string? afterKey)
    {
        var start = Encoding.UTF8.GetBytes(prefix);
        if (afterKey is null)
            return start;
        var after = new byte[Encoding.UTF8.GetByteCount(afterKey) + 1];
        Encoding.UTF8.GetBytes(afterKey, after);
        return after.AsSpan().SequenceCompareTo(start) > 0 ? after : start;
    }

    /// <summary>The first byte string after every key with the prefix: UTF-8 never holds 0xFF, so the last byte can grow by one.</summary>
    public static byte[] End(string prefix)
    {
        if (prefix.Length == 0)
            return [0xFF];
        var end = Encoding.UTF8.GetBytes(prefix);
        end[^1]++;
        return end;
    }
}
