using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Xebec.ApiServer.WatchCache;

/// <summary>What somebody makes of cached objects: made once for each version of an object, forgotten with it.</summary>
internal sealed class DerivedFacts<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(
    Func<CachedObject, T> derive)
    where T : class
{
    private readonly ConditionalWeakTable<CachedObject, T> _known = [];

    public T Of(CachedObject item) => _known.TryGetValue(item, out var known) ? known : _known.GetValue(item, one => derive(one));
}
