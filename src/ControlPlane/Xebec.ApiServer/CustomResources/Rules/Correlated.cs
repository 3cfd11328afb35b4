using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Structural;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.CustomResources.Rules;

/// <summary>A value of an object and the value that it was before a change, where they can be told to be the same one.</summary>
internal sealed class Correlated(Value value, Value? old, StructuralSchema schema)
{
    private bool? _isSame;

    /// <summary>It did not change; items of a list that is a map may have moved.</summary>
    public bool IsSame => _isSame ??= AreSame(value, old, schema);

    /// <summary>A member of it, null when there is none to compare.</summary>
    public Correlated? Member(string name)
    {
        if (value is not ObjectValue now || old is not ObjectValue before || now[name] is not { } member || schema.Member(name) is not { } below)
            return null;
        return new Correlated(member, before[name], below);
    }

    /// <summary>An item of it, null when the list does not tell which it was before.</summary>
    public Correlated? Item(Value item) =>
        SchemaValidation.Correlate(item, old as ListValue, schema) is { } before ? new Correlated(item, before, schema.Items!) : null;

    private static bool AreSame(Value value, Value? old, StructuralSchema? schema)
    {
        if (value is ListValue items && schema?.ListType == ListType.Map)
            return old is ListValue before && items.Count == before.Count && items.All(i => IsIn(i, before, schema));
        if (value is not ObjectValue members)
            return value is NullValue ? old is null or NullValue : value.DeepEquals(old);
        if (old is not ObjectValue others || members.Count != others.Count)
            return false;
        foreach (var (name, member) in members)
        {
            if (!others.ContainsKey(name) || !AreSame(member, others[name], schema?.Member(name)))
                return false;
        }

        return true;
    }

    private static bool IsIn(Value item, ListValue before, StructuralSchema list) =>
        SchemaValidation.Correlate(item, before, list) is { } old && AreSame(item, old, list.Items);
}
