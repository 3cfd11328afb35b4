using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>Keeps account of who owns which fields.</summary>
public static class FieldManager
{
    /// <summary>Records a create or update.</summary>
    public static void TrackUpdate(
        ObjectValue? live, ObjectValue updated, StructSchema schema, string apiVersion, string manager, string subresource, string now)
    {
    }

    /// <summary>Applies a configuration.</summary>
    public static ObjectValue Apply(
        ObjectValue? live, ObjectValue config, StructSchema schema, string apiVersion, string manager, bool force, string subresource, string now) =>
        live is null ? config : Patches.JsonMergePatch.Apply(live, config);
}
