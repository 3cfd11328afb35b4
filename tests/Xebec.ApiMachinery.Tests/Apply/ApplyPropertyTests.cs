using CsCheck;
using Xebec.ApiMachinery.Apply;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Tests.Apply;

public sealed class ApplyPropertyTests
{
    private static readonly Gen<ObjectValue> Container = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Bool, (name, image, hasPort) =>
    {
        var container = new ObjectValue { ["name"] = $"c{name}" };
        if (image > 0)
            container["image"] = $"i{image}";
        if (hasPort)
            container["ports"] = Value.Parse("""[{"port":80,"name":"http"}]""");
        return container;
    });

    private static readonly Gen<ObjectValue> Config = Gen.Select(Gen.Int[0, 3], Container.Array[0, 3], Gen.Int[0, 2].Array[0, 3], (replicas, containers, labels) =>
    {
        var metadata = new ObjectValue { ["name"] = "w" };
        foreach (var label in labels)
            metadata.GetOrAddObject("labels")[$"l{label}"] = $"v{label}";
        var spec = new ObjectValue();
        if (replicas > 0)
            spec["replicas"] = replicas;
        if (containers.Length > 0)
            spec["containers"] = new ListValue(containers.DistinctBy(c => c.GetString("name")));
        return new ObjectValue { ["metadata"] = metadata, ["spec"] = spec };
    });

    [Fact]
    public void Applying_twice_is_applying_once() => Gen.Select(Config, Config).Sample((first, second) =>
    {
        var once = Writes.Applied(Writes.Applied(null, "a", first.ToString()), "a", second.ToString());
        return Writes.Applied(once, "a", second.ToString(), now: "t9").ToString() == once.ToString();
    });

    [Fact]
    public void A_lone_manager_gets_exactly_what_it_applies_last() => Gen.Select(Config, Config).Sample((first, second) =>
    {
        var last = Writes.Applied(Writes.Applied(null, "a", first.ToString()), "a", second.ToString());
        last.GetObject("metadata")!.Remove("managedFields");
        return Compact(last).DeepEquals(Compact(Writes.Applied(null, "a", second.ToString())));
    });

    [Fact]
    public void What_one_manager_gives_up_the_other_keeps() => Gen.Select(Config, Config).Sample((first, second) =>
    {
        var both = Writes.Applied(Writes.Applied(null, "a", first.ToString()), "b", second.ToString(), force: true);
        var rest = Writes.Applied(both, "a", """{"metadata":{"name":"w"}}""");
        return Compact(rest).DeepEquals(Compact(second));
    });

    [Fact]
    public void No_path_is_owned_by_updaters_after_it_was_forced() => Gen.Select(Config, Config).Sample((first, second) =>
    {
        var live = Writes.Create("u", first.ToString());
        live.GetObject("metadata")!["uid"] = "u";
        var applied = Writes.Applied(live, "a", second.ToString(), force: true);
        var changed = Comparison.Of(live, applied, Patches.TestSchema.App).Changed;
        return Writes.Managers(applied).Where(m => m == "u").All(m =>
            FieldSet.Intersection((ObjectValue)Value.Parse(Writes.FieldsOf(applied, m)), changed) is null);
    });

    [Fact]
    public void An_object_compared_with_itself_is_the_same() => Config.Sample(config =>
        Comparison.Of(config, (ObjectValue)config.DeepClone(), Patches.TestSchema.App).IsSame);

    // Empty maps and lists stand for nothing; metadata other than labels is left out.
    private static ObjectValue Compact(ObjectValue tree)
    {
        var result = new ObjectValue();
        result["labels"] = tree.GetObject("metadata")?.GetObject("labels");
        foreach (var (name, value) in tree.GetObject("spec") ?? [])
            result[name] = name == "containers" ? new ListValue(value.AsList()!.OrderBy(c => c.AsObject()!.GetString("name"), StringComparer.Ordinal)) : value;
        return result;
    }
}
