using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>
/// A set of field paths, held as its FieldsV1 tree, so that what managedFields stores needs no translation. A node without members
/// is in the set; one with members is when it has a ".". Null is the empty set. Sets are never changed once built and share nodes.
/// </summary>
internal static class FieldSet
{
    /// <summary>The node of a path with nothing below it; shared, never to be changed.</summary>
    public static readonly ObjectValue Leaf = [];

    /// <summary>Every path of either.</summary>
    public static ObjectValue? Union(ObjectValue? left, ObjectValue? right)
    {
        if (left is null || right is null || ReferenceEquals(left, right))
            return left ?? right;
        var result = new FieldSetNode();
        if (IsMember(left) || IsMember(right))
            result.AddSelf();
        foreach (var (step, child) in left)
        {
            if (step != PathElement.Self)
                result.Add(step, Union((ObjectValue)child, Child(right, step)));
        }

        foreach (var (step, child) in right)
        {
            if (step != PathElement.Self && !left.ContainsKey(step))
                result.Add(step, (ObjectValue)child);
        }

        return result.Build();
    }

    /// <summary>The paths of both.</summary>
    public static ObjectValue? Intersection(ObjectValue? left, ObjectValue? right)
    {
        if (left is null || right is null)
            return null;
        var result = new FieldSetNode();
        if (IsMember(left) && IsMember(right))
            result.AddSelf();
        foreach (var (step, child) in left)
        {
            if (step != PathElement.Self)
                result.Add(step, Intersection((ObjectValue)child, Child(right, step)));
        }

        return result.Build();
    }

    /// <summary>The paths of the left that are not in the right; the left itself when that is all.</summary>
    public static ObjectValue? Difference(ObjectValue? left, ObjectValue? right)
    {
        if (left is null || right is null || Intersection(left, right) is null)
            return left;
        var result = new FieldSetNode();
        if (IsMember(left) && !IsMember(right))
            result.AddSelf();
        foreach (var (step, child) in left)
        {
            if (step != PathElement.Self)
                result.Add(step, Difference((ObjectValue)child, Child(right, step)));
        }

        return result.Build();
    }

    /// <summary>The paths of the left that are neither in the right nor below a path of it.</summary>
    public static ObjectValue? RecursiveDifference(ObjectValue? left, ObjectValue? right)
    {
        if (left is null || right is null)
            return left;
        var result = new FieldSetNode();
        if (IsMember(left))
            result.AddSelf();
        foreach (var (step, child) in left)
        {
            var removed = Child(right, step);
            if (step != PathElement.Self && (removed is null || !IsMember(removed)))
                result.Add(step, RecursiveDifference((ObjectValue)child, removed));
        }

        return result.Build();
    }

    /// <summary>The same set with every declared field that has something below it.</summary>
    public static ObjectValue? WithNamedFields(ObjectValue? set, in TypedField type, bool isNamed = false)
    {
        if (set is null)
            return null;
        var result = new FieldSetNode();
        if (isNamed || IsMember(set))
            result.AddSelf();
        foreach (var (step, child) in set)
        {
            if (step == PathElement.Self)
                continue;
            var name = step[0] == 'f' ? step[2..] : null;
            var below = name is null ? type.Item : type.Member(name);
            result.Add(step, WithNamedFields((ObjectValue)child, below, name is not null && type.IsDeclared(name)));
        }

        return result.Build();
    }

    /// <summary>Whether a node is itself in its set.</summary>
    public static bool IsMember(ObjectValue node) => node.Count == 0 || node.ContainsKey(PathElement.Self);

    public static ObjectValue? Child(ObjectValue? node, string step) => node?[step] as ObjectValue;

    /// <summary>Adds every path of the set, as messages show them.</summary>
    public static void AddPaths(ObjectValue? set, string prefix, List<string> paths)
    {
        if (set is null)
            return;
        if (prefix.Length > 0 && IsMember(set))
            paths.Add(prefix);
        foreach (var (step, child) in set)
        {
            if (step != PathElement.Self)
                AddPaths((ObjectValue)child, prefix + PathElement.Show(step), paths);
        }
    }

    /// <summary>A set that a client wrote in the one form sets are stored in; false when it is no FieldsV1.</summary>
    public static bool TryCanonicalize(Value? fields, out ObjectValue? set)
    {
        set = null;
        if (fields is not ObjectValue node)
            return false;
        var result = new FieldSetNode();
        if (node.ContainsKey(PathElement.Self))
            result.AddSelf();
        foreach (var (text, value) in node)
        {
            if (PathElement.Canonical(text) is not { } step || !TryCanonicalize(value, out var child))
                return false;
            if (step != PathElement.Self)
                result.Add(step, child);
        }

        set = result.Build() ?? Leaf;
        return true;
    }
}
