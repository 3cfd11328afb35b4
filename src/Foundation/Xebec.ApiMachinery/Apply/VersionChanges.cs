using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>What a write changes, told in each version that somebody owns fields in.</summary>
/// <param name="kind">The kind and the version written at.</param>
/// <param name="subresource">The subresource written to: it decides what the write cannot change.</param>
/// <param name="before">The object before, null when it is created.</param>
/// <param name="after">The object after.</param>
internal sealed class VersionChanges(KindVersions kind, string subresource, ObjectValue? before, ObjectValue after)
{
    private Dictionary<string, Comparison>? _others;

    /// <summary>In the version written at.</summary>
    public Comparison Written { get; } = Compare(before ?? [], after, kind.Written, subresource);

    /// <summary>Compares the object in the other versions, too, in which one of the owners wrote; each is of a version that there is.</summary>
    public async ValueTask CompareVersionsAsync(List<ManagedEntry> owners)
    {
        if (Written.IsSame)
            return;
        foreach (var owner in owners)
        {
            var version = kind.Of(owner)!;
            if (version.ApiVersion == kind.Written.ApiVersion || _others?.ContainsKey(version.ApiVersion) == true)
                continue;
            var left = before is null ? [] : await version.ReadAsync(before);
            var right = await version.ReadAsync(after);
            (_others ??= new(StringComparer.Ordinal))[version.ApiVersion] = Compare(left, right, version, subresource);
        }
    }

    /// <summary>In the version of an owner.</summary>
    public Comparison Of(ManagedEntry owner) => _others?.GetValueOrDefault(kind.Of(owner)!.ApiVersion, Written) ?? Written;

    private static Comparison Compare(ObjectValue left, ObjectValue right, KindVersion version, string subresource) =>
        Comparison.Of(left, right, version.Schema).Without(ResetFields.For(version.Schema, subresource).Set);
}
