using System.Collections.Frozen;

namespace Xebec.Kubelet.Runtime;

/// <summary>The map that maps nothing, shared by all records' defaults.</summary>
internal static class EmptyMap
{
    public static readonly IReadOnlyDictionary<string, string> Strings = FrozenDictionary<string, string>.Empty;
}
