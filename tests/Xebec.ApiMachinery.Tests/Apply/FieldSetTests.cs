using CsCheck;
using Xebec.ApiMachinery.Apply;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Tests.Apply;

public sealed class FieldSetTests
{
    // Sets as upstream writes them: a node without members is in the set, one with members says so by ".".
    private static readonly Gen<ObjectValue?> Set = Gen.Recursive<ObjectValue?>((depth, self) => depth > 3
        ? Gen.Const(() => (ObjectValue?)FieldSet.Leaf)
        : Gen.Select(
            Gen.Bool,
            Gen.Select(Gen.OneOf(Gen.Const("f:a"), Gen.Const("f:b"), Gen.Const("k:{\"n\":1}"), Gen.Const("v:\"x\"")), self).Array[0, 4],
            Node)).Select(s => s is null ? null : new ObjectValue { ["f:root"] = s });

    [Fact]
    public void Union_and_intersection_commute() => Gen.Select(Set, Set).Sample((a, b) =>
        Same(FieldSet.Union(a, b), FieldSet.Union(b, a)) && Same(FieldSet.Intersection(a, b), FieldSet.Intersection(b, a)));

    [Fact]
    public void A_set_is_its_difference_and_intersection_with_any() => Gen.Select(Set, Set).Sample((a, b) =>
        Same(a, FieldSet.Union(FieldSet.Difference(a, b), FieldSet.Intersection(a, b)))
        && FieldSet.Intersection(FieldSet.Difference(a, b), b) is null);

    [Fact]
    public void Difference_and_intersection_distribute_over_union() => Gen.Select(Set, Set, Set).Sample((a, b, c) =>
        Same(FieldSet.Difference(a, FieldSet.Union(b, c)), FieldSet.Difference(FieldSet.Difference(a, b), c))
        && Same(FieldSet.Intersection(a, FieldSet.Union(b, c)), FieldSet.Union(FieldSet.Intersection(a, b), FieldSet.Intersection(a, c))));

    [Fact]
    public void Recursive_difference_removes_at_least_the_difference() => Gen.Select(Set, Set).Sample((a, b) =>
        FieldSet.Difference(FieldSet.RecursiveDifference(a, b), FieldSet.Difference(a, b)) is null);

    [Fact]
    public void Canonical_sets_stay_as_they_are() => Set.Sample(a =>
        a is null || (FieldSet.TryCanonicalize(Value.Parse(a.ToString()), out var read) && read!.ToString() == a.ToString()));

    [Fact]
    public void Paths_read_as_in_conflicts()
    {
        var paths = new List<string>();
        var set = (ObjectValue)Value.Parse("""{"f:a":{".":{},"k:{\"n\":\"x\",\"p\":80}":{"f:b":{}},"v:\"s\"":{},"i:3":{}}}""");
        FieldSet.AddPaths(set, "", paths);
        Assert.Equal([".a", ".a[n=\"x\",p=80].b", ".a[=\"s\"]", ".a[3]"], paths);
    }

    private static ObjectValue? Node(bool isMember, (string Step, ObjectValue? Child)[] children)
    {
        var node = new FieldSetNode();
        if (isMember)
            node.AddSelf();
        foreach (var (step, child) in children.DistinctBy(c => c.Step))
            node.Add(step, child);
        return node.Build();
    }

    private static bool Same(ObjectValue? a, ObjectValue? b) => a is null ? b is null : a.DeepEquals(b);
}
