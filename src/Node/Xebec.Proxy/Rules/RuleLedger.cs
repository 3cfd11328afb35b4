using System.Runtime.InteropServices;

namespace Xebec.Proxy.Rules;

/// <summary>
/// The elements that stand in the table with the number of Services that hold each. When two Services claim one key
/// for different targets the first keeps it, so that no object can break the transaction of all others.
/// </summary>
internal sealed class RuleLedger
{
    private readonly Dictionary<(IpFamily Family, string Map, string Key), (string? Value, int Holders)> _elements = [];

    /// <summary>Some element was refused because another Service holds its key.</summary>
    public bool HasContested { get; private set; }

    /// <summary>Every element that stands.</summary>
    public IEnumerable<RuleElement> Elements =>
        _elements.Select(entry => new RuleElement(entry.Key.Family, entry.Key.Map, entry.Key.Key, entry.Value.Value));

    /// <summary>True if the element is new to the table.</summary>
    public bool Add(in RuleElement element)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_elements, KeyOf(element), out var exists);
        if (exists && entry.Value != element.Value)
        {
            HasContested = true;
            return false;
        }

        entry = (element.Value, entry.Holders + 1);
        return !exists;
    }

    /// <summary>True if nobody holds the element any more.</summary>
    public bool Remove(in RuleElement element)
    {
        var key = KeyOf(element);
        if (!_elements.TryGetValue(key, out var entry) || entry.Value != element.Value) return false;
        if (entry.Holders > 1)
        {
            _elements[key] = (entry.Value, entry.Holders - 1);
            return false;
        }

        _elements.Remove(key);
        return true;
    }

    private static (IpFamily Family, string Map, string Key) KeyOf(in RuleElement element) => (element.Family, element.Map, element.Key);
}
