using Xebec.ApiMachinery.Values;

namespace Xebec.Client.Tests.Fakes;

/// <summary>RFC 7386 with what controllers need of strategic merge: lists by their keys, and deletions from lists.</summary>
internal static class FakeMerge
{
    private const string DeleteFrom = "$deleteFromPrimitiveList/";

    public static void Into(ObjectValue target, ObjectValue patch, bool isStrategic)
    {
        foreach (var (name, value) in patch)
        {
            if (name.StartsWith(DeleteFrom, StringComparison.Ordinal))
                Remove(target, name[DeleteFrom.Length..], (ListValue)value);
            else if (value is NullValue)
                target.Remove(name);
            else if (value is ObjectValue inner)
                Into(target.GetOrAddObject(name), inner, isStrategic);
            else if (isStrategic && name is "ownerReferences" or "conditions" && value is ListValue owners)
                MergeBy(target, name, name == "conditions" ? "type" : "uid", owners);
            else
                target[name] = value.DeepClone();
        }
    }

    private static void Remove(ObjectValue target, string name, ListValue gone)
    {
        var kept = (target.GetList(name) ?? []).Where(v => !gone.Any(g => g.DeepEquals(v)));
        target[name] = new ListValue(kept);
    }

    private static void MergeBy(ObjectValue target, string name, string key, ListValue patch)
    {
        var list = (target.GetList(name) ?? []).Cast<ObjectValue>().ToList();
        foreach (var item in patch.Cast<ObjectValue>())
        {
            list.RemoveAll(o => o.GetString(key) == item.GetString(key));
            if (item.GetString("$patch") != "delete")
                list.Add((ObjectValue)item.DeepClone());
        }

        target[name] = new ListValue(list);
    }
}
