using Xebec.Api;
using Xebec.Client;

namespace Xebec.ControllerManager;

/// <summary>Indexes objects by the uid of their controller; those without one by their namespace.</summary>
internal static class ControllerIndex
{
    public static void OrOrphans(IKubernetesObject obj, List<string> keys) =>
        keys.Add(OwnerReferences.ControllerOf(obj)?.Uid ?? OrphansOf(obj.Metadata.Namespace));

    /// <summary>The key of a namespace's orphans; no uid has a slash.</summary>
    public static string OrphansOf(string ns) => $"orphans/{ns}";
}
