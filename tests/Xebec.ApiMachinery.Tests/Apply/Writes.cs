using Xebec.ApiMachinery.Apply;
using Xebec.ApiMachinery.Tests.Patches;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Tests.Apply;

/// <summary>Writes as an API server makes them, and readers of the managedFields they leave.</summary>
internal static class Writes
{
    public static ObjectValue Create(string manager, string json) => Write(null, manager, json, "t0", "");

    public static ObjectValue Update(ObjectValue live, string manager, string json, string now, string subresource = "") =>
        Write(live, manager, json, now, subresource);

    public static ObjectValue Applied(ObjectValue? live, string manager, string config, bool force = false, string now = "t1")
    {
        var tree = TestSchema.Parse(config);
        tree["apiVersion"] = "test/v1";
        return FieldManager.ApplyAsync(live, tree, new(TestSchema.App, "test/v1"), manager, force, "", now).Finished();
    }

    public static List<string> Managers(ObjectValue tree) => [.. Entries(tree).Select(e => e.GetString("manager")!)];

    public static string FieldsOf(ObjectValue tree, string manager, string subresource = "") =>
        Entry(tree, manager, subresource)["fieldsV1"]!.ToString();

    public static string? TimeOf(ObjectValue tree, string manager) => Entry(tree, manager, "").GetString("time");

    /// <summary>The object without metadata, as text.</summary>
    public static string Spec(ObjectValue tree) => tree.GetObject("spec")?.ToString() ?? "";

    /// <summary>What a write gives that asked nobody.</summary>
    public static ObjectValue Finished(this ValueTask<ObjectValue> write)
    {
        Assert.True(write.IsCompleted);
        return write.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>The end of a write that asked nobody.</summary>
    public static void Finished(this ValueTask write)
    {
        Assert.True(write.IsCompleted);
        write.AsTask().GetAwaiter().GetResult();
    }

    private static ObjectValue Write(ObjectValue? live, string manager, string json, string now, string subresource)
    {
        var before = live?.ToString();
        var updated = TestSchema.Parse(json);
        FieldManager.TrackUpdateAsync(live, updated, new(TestSchema.App, "test/v1"), manager, subresource, now).Finished();
        Assert.Equal(before, live?.ToString());
        return updated;
    }

    private static ObjectValue Entry(ObjectValue tree, string manager, string subresource) =>
        Entries(tree).Single(e => e.GetString("manager") == manager && (e.GetString("subresource") ?? "") == subresource);

    private static IEnumerable<ObjectValue> Entries(ObjectValue tree) =>
        (tree.GetObject("metadata")?.GetList("managedFields") ?? []).Cast<ObjectValue>();
}
