using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>The versions that the owners in managedFields have written at: paths mean what the version says in which they were written.</summary>
public sealed class KindVersions
{
    private readonly Func<string, KindVersion?>? _find;

    /// <summary>A kind of one version, which every owner is taken to have written at.</summary>
    public KindVersions(StructSchema? schema, string apiVersion) => Written = new(apiVersion, schema, ValueTask.FromResult);

    /// <summary>A kind of several versions.</summary>
    /// <param name="written">The version that is written at.</param>
    /// <param name="find">Another version; null when there is no such version any more.</param>
    public KindVersions(KindVersion written, Func<string, KindVersion?> find) => (Written, _find) = (written, find);

    /// <summary>The version that is written at.</summary>
    public KindVersion Written { get; }

    /// <summary>The version that an owner wrote at, null when there is no such version any more.</summary>
    internal KindVersion? Of(ManagedEntry owner) =>
        _find is null || owner.ApiVersion.Length == 0 || owner.ApiVersion == Written.ApiVersion ? Written : _find(owner.ApiVersion);

    /// <summary>Takes out the owners whose version is gone: nobody knows any more what they owned.</summary>
    internal void DropUnknown(List<ManagedEntry> entries) => entries.RemoveAll(entry => Of(entry) is null);
}
