using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.FlowControl;

/// <summary>Some names of a rule, of which * stands for all.</summary>
internal readonly struct FlowNames
{
    private readonly string[] _names;
    private readonly bool _all;

    private FlowNames(string[] names) => (_names, _all) = (names, names.AsSpan().Contains("*"));

    public static FlowNames Read(ObjectValue rule, string field) =>
        new([.. (rule.GetList(field) ?? []).Select(n => n.AsString() ?? "")]);

    public bool Contains(string name) => _all || _names.AsSpan().Contains(name);

    /// <summary>Whether a resource, or one of its subresources, is named.</summary>
    public bool ContainsResource(string resource, string subresource)
    {
        if (_all)
            return true;
        foreach (var name in _names)
        {
            var matches = subresource.Length == 0
                ? name == resource
                : name.Length == resource.Length + 1 + subresource.Length && name[resource.Length] == '/' &&
                    name.StartsWith(resource, StringComparison.Ordinal) && name.EndsWith(subresource, StringComparison.Ordinal);
            if (matches)
                return true;
        }

        return false;
    }

    /// <summary>Whether a path is named, itself or by a beginning that ends in a star.</summary>
    public bool ContainsPath(string path)
    {
        if (_all)
            return true;
        foreach (var name in _names)
        {
            if (name == path || (name.EndsWith('*') && path.AsSpan().StartsWith(name.AsSpan(0, name.Length - 1))))
                return true;
        }

        return false;
    }
}
