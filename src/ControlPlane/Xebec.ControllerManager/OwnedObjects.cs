using Xebec.Api;
using Xebec.Api.Meta.V1;
using Xebec.Client;
using Xebec.Client.Selectors;

namespace Xebec.ControllerManager;

/// <summary>Decides which objects an owner manages: keeps its own, adopts matching orphans, releases what no longer matches.</summary>
internal static class OwnedObjects
{
    public static OwnedObjects<T> Sort<T>(IKubernetesObject owner, LabelSelector? selector, IEnumerable<T> candidates)
        where T : class, IKubernetesObject
    {
        var sorted = new OwnedObjects<T>([], [], []);
        var ownerLives = owner.Metadata.DeletionTimestamp is null;
        foreach (var obj in candidates)
        {
            var matches = LabelSelectors.Matches(selector, obj.Metadata.Labels);
            if (OwnerReferences.ControllerOf(obj) is { } controller)
            {
                if (controller.Uid == owner.Metadata.Uid)
                    (matches || !ownerLives ? sorted.Owned : sorted.ToRelease).Add(obj);
            }
            else if (matches && ownerLives && obj.Metadata.DeletionTimestamp is null)
            {
                sorted.ToAdopt.Add(obj);
            }
        }

        return sorted;
    }
}
