using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.Optional;

/// <summary>The tolerations of a pod's tree.</summary>
internal static class PodTolerations
{
    /// <summary>Adds one, unless the pod has it.</summary>
    public static void Add(ObjectValue pod, ObjectValue toleration)
    {
        var spec = pod.GetOrAddObject("spec");
        var tolerations = spec.GetList("tolerations") ?? new ListValue();
        if (tolerations.Any(t => t.DeepEquals(toleration)))
            return;
        tolerations.Add(toleration);
        spec["tolerations"] = tolerations;
    }

    /// <summary>Whether one toleration tolerates all that another does.</summary>
    public static bool Covers(ObjectValue wide, ObjectValue narrow)
    {
        var (key, effect) = (wide.GetString("key") ?? "", wide.GetString("effect") ?? "");
        if (key.Length > 0 ? key != (narrow.GetString("key") ?? "") : wide.GetString("operator") != "Exists")
            return false;
        if (effect.Length > 0 && effect != (narrow.GetString("effect") ?? ""))
            return false;
        if (wide["tolerationSeconds"]?.AsInt64() is { } seconds && !(narrow["tolerationSeconds"]?.AsInt64() <= seconds))
            return false;
        return wide.GetString("operator") == "Exists" ||
            (narrow.GetString("operator") != "Exists" && (wide.GetString("value") ?? "") == (narrow.GetString("value") ?? ""));
    }
}
