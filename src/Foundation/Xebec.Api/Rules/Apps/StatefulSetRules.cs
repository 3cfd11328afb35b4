using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Apps;

/// <summary>StatefulSets.</summary>
internal static class StatefulSetRules
{
    public static void Default(ObjectValue set)
    {
        var spec = set.GetOrAddObject("spec");
        DefaultStrategy(spec.GetOrAddObject("updateStrategy"));
        foreach (var item in spec.GetList("volumeClaimTemplates") ?? [])
        {
            if (item is ObjectValue claim)
                DefaultType(claim);
        }
    }

    // Only an update strategy that was left out gets rolling parameters; RollingUpdate alone does not.
    private static void DefaultStrategy(ObjectValue strategy)
    {
        if (strategy["type"].IsZero())
        {
            strategy["type"] = "RollingUpdate";
            strategy.GetOrAddObject("rollingUpdate");
        }

        if (strategy.GetString("type") == "RollingUpdate" && strategy.GetObject("rollingUpdate") is { } rolling && rolling["partition"].IsAbsent())
            rolling["partition"] = 0L;
    }

    // Server-side apply needs the claims of a set to be typed objects.
    private static void DefaultType(ObjectValue claim)
    {
        if (claim["apiVersion"].IsZero())
            claim["apiVersion"] = "v1";
        if (claim["kind"].IsZero())
            claim["kind"] = "PersistentVolumeClaim";
    }
}
