using Google.Protobuf.Collections;

namespace Xebec.Kubelet.Cri.Mapping;

/// <summary>Values both directions share: maps and times.</summary>
internal static class WireMaps
{
    private const long NanosecondsPerTick = 100;

    public static void Fill(this MapField<string, string> target, IReadOnlyDictionary<string, string> source)
    {
        foreach (var (key, value) in source)
            target[key] = value;
    }

    /// <summary>A private copy: the message is garbage soon, its map would keep all of it.</summary>
    public static IReadOnlyDictionary<string, string> ToMap(this MapField<string, string> source) => new Dictionary<string, string>(source);

    /// <summary>Nanoseconds since 1970; CRI writes 0 for a time that has not come.</summary>
    public static DateTimeOffset ToTime(long unixNanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(unixNanoseconds / NanosecondsPerTick);

    public static DateTimeOffset? ToTimeOrNull(long unixNanoseconds) => unixNanoseconds == 0 ? null : ToTime(unixNanoseconds);

    public static Wire.Int64Value? ToWire(long? value) => value is { } number ? new Wire.Int64Value { Value = number } : null;
}
