using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>
/// What differs between two objects: the paths added or modified, and the paths removed. One walk, nothing built where they
/// agree.
/// </summary>
/// <param name="Changed">Added or modified.</param>
/// <param name="Removed">Removed.</param>
internal readonly record struct Comparison(ObjectValue? Changed, ObjectValue? Removed)
{
    private static readonly ObjectValue NoMembers = [];
    private static readonly Comparison LeafChanged = new(FieldSet.Leaf, null);
    private static readonly Comparison LeafRemoved = new(null, FieldSet.Leaf);

    public bool IsSame => Changed is null && Removed is null;

    /// <summary>Compares two objects of a kind (no schema: types are deduced), without what nobody owns.</summary>
    public static Comparison Of(ObjectValue before, ObjectValue after, StructSchema? schema) =>
        Walk(before, after, new TypedField(schema), WalkLevel.Root);

    /// <summary>The same without some fields and all below them.</summary>
    public Comparison Without(ObjectValue? ignored) => ignored is null
        ? this
        : new(FieldSet.RecursiveDifference(Changed, ignored), FieldSet.RecursiveDifference(Removed, ignored));

    private static Comparison Walk(Value? left, Value? right, in TypedField type, WalkLevel level)
    {
        if (ReferenceEquals(left, right))
            return default;
        var shape = type.Shape(left, right);
        if (shape == FieldShape.Leaf || (IsEmpty(left) && IsEmpty(right)))
            return CompareLeaf(left, right);
        var difference = new Difference();
        if (left is null && level == WalkLevel.Inner)
            difference.Changed.AddSelf();
        else if (right is null && level == WalkLevel.Inner)
            difference.Removed.AddSelf();
        if (shape == FieldShape.Members)
            WalkMembers(left as ObjectValue, right as ObjectValue, type, level, ref difference);
        else
            WalkItems(left as ListValue, right as ListValue, type, ref difference);
        return new(difference.Changed.Build(), difference.Removed.Build());
    }

    private static bool IsEmpty(Value? value) => value is null or NullValue or ObjectValue { Count: 0 } or ListValue { Count: 0 };

    private static Comparison CompareLeaf(Value? left, Value? right) =>
        left is null ? LeafChanged : right is null ? LeafRemoved : left.DeepEquals(right) ? default : LeafChanged;

    private static void WalkMembers(ObjectValue? left, ObjectValue? right, in TypedField type, WalkLevel level, ref Difference difference)
    {
        foreach (var (name, value) in right ?? NoMembers)
        {
            var member = type.Member(name);
            if (!StrippedFields.Contains(level, name))
                difference.Add(name, Walk(MemberOrZero(left, name, member), value, member, StrippedFields.Below(level, name)));
        }

        foreach (var (name, value) in left ?? NoMembers)
        {
            if (right?.ContainsKey(name) == true || StrippedFields.Contains(level, name))
                continue;
            var member = type.Member(name);
            difference.Add(name, Walk(value, right is null ? null : member.Zero, member, StrippedFields.Below(level, name)));
        }
    }

    private static Value? MemberOrZero(ObjectValue? container, string name, in TypedField member) =>
        container is null ? null : container[name] ?? member.Zero;

    private static void WalkItems(ListValue? left, ListValue? right, in TypedField type, ref Difference difference)
    {
        if (left is not null && right is not null && IsAligned(left, right, type))
        {
            for (var i = 0; i < left.Count; i++)
                difference.AddItem(right[i], i, type, Walk(left[i], right[i], type.Item, WalkLevel.Inner));
            return;
        }

        foreach (var (step, pair) in ItemPair.Match(left, right, type))
            difference.AddStep(step, ComparePair(pair, type.Item));
    }

    private static bool IsAligned(ListValue left, ListValue right, in TypedField type)
    {
        if (left.Count != right.Count)
            return false;
        for (var i = 0; i < left.Count; i++)
        {
            if (!PathElement.IsSameItem(left[i], right[i], type))
                return false;
        }

        return true;
    }

    // An item that stands more than once is owned as a whole.
    private static Comparison ComparePair(ItemPair pair, in TypedField item)
    {
        if (pair is { Left.Count: <= 1, Right.Count: <= 1 })
            return Walk(pair.Left.FirstOrDefault(), pair.Right.FirstOrDefault(), item, WalkLevel.Inner);
        if (pair.Right.Count > 1)
            return new ListValue(pair.Left).DeepEquals(new ListValue(pair.Right)) ? default : LeafChanged;
        var added = pair.Right.Count == 0 ? default : Walk(null, pair.Right[0], item, WalkLevel.Inner);
        return new(added.Changed, FieldSet.Leaf);
    }

    private struct Difference
    {
        public FieldSetNode Changed;
        public FieldSetNode Removed;

        public void Add(string name, Comparison below)
        {
            if (!below.IsSame)
                AddStep(PathElement.OfMember(name), below);
        }

        public void AddItem(Value item, int position, in TypedField list, Comparison below)
        {
            if (!below.IsSame)
                AddStep(PathElement.OfItem(item, list) ?? $"i:{position}", below);
        }

        public void AddStep(string step, Comparison below)
        {
            Changed.Add(step, below.Changed);
            Removed.Add(step, below.Removed);
        }
    }
}
