using System.Collections.Concurrent;
using System.Text;

namespace Xebec.Dns.Forwarding;

/// <summary>Keeps upstream responses for as long as their records live, half a minute at most.</summary>
internal sealed class ResponseCache(TimeProvider time)
{
    private const int MaxEntries = 2048;
    private const uint MaxLifeSeconds = 30;
    private readonly ConcurrentDictionary<string, (byte[] Response, long StoredAt, uint LifeSeconds)> _entries = new(StringComparer.Ordinal);

    /// <summary>The response to the same question, with its age taken from the TTLs; null if none lives.</summary>
    public byte[]? Find(ReadOnlySpan<byte> query)
    {
        if (!_entries.TryGetValue(KeyOf(query), out var entry)) return null;
        var age = (uint)time.GetElapsedTime(entry.StoredAt).TotalSeconds;
        if (age >= entry.LifeSeconds) return null;
        var response = entry.Response.AsSpan().ToArray();
        ResponseLife.Age(response, age);
        query[..2].CopyTo(response);
        return response;
    }

    public void Store(ReadOnlySpan<byte> query, byte[] response)
    {
        var life = Math.Min(ResponseLife.Seconds(response), MaxLifeSeconds);
        if (life == 0) return;
        if (_entries.Count >= MaxEntries) _entries.Clear();
        _entries[KeyOf(query)] = (response.AsSpan().ToArray(), time.GetTimestamp(), life);
    }

    // Everything but the id: also the flags and EDNS options shape the response.
    private static string KeyOf(ReadOnlySpan<byte> query) => Encoding.Latin1.GetString(query[2..]);
}
