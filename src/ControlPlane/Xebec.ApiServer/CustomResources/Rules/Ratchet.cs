using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.CustomResources.Rules;

/// <summary>
/// Whether what is wrong at a place is an error or, because nothing changed there, only a warning: decided by the value itself, or by the
/// nearest value above that can be compared with what it was (KEP-4008).
/// </summary>
/// <param name="Current">The value, null where it cannot be compared.</param>
/// <param name="Above">The nearest value above that can be compared.</param>
internal readonly record struct Ratchet(Correlated? Current, Correlated? Above)
{
    /// <summary>Nothing changed.</summary>
    public bool Holds => Current?.IsSame ?? Above?.IsSame == true;

    /// <summary>The place of a member. What an object is of never counts as unchanged: both were converted to one version.</summary>
    public Ratchet Member(string name)
    {
        if (Current is null)
            return this;
        return Above is null && name is ("apiVersion" or "kind") ? default : new Ratchet(Current.Member(name), Current);
    }

    /// <summary>The place of an item.</summary>
    public Ratchet Item(Value item) => Current is null ? this : new Ratchet(Current.Item(item), Current);
}
